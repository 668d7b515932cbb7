namespace Smpi;

/// <summary>Connections inside one process, by name.</summary>
/// <remarks>
/// With the native format, messages pass without a wire format: the envelope is copied and the body encoded once, into memory that the reader borrows. Any other
/// format runs for real over bytes in memory. What one side flushed and the other did not read is bounded to 64 KiB or one flush; then flushing waits.
/// </remarks>
/// <param name="name">The endpoint's name; case matters.</param>
/// <param name="network">Where the name is looked up; null for <see cref="MemoryNetwork.Shared"/>.</param>
/// <param name="options">How this side writes; null for the defaults.</param>
public sealed class MemoryProtocol(string name, MemoryNetwork? network = null, MemoryOptions? options = null) : IServerProtocol
{
    private readonly string _name = Checked(name);
    private readonly MemoryNetwork _network = network ?? MemoryNetwork.Shared;
    private readonly MemoryOptions _options = options ?? new MemoryOptions();

    /// <inheritdoc/>
    public string Name => "memory";

    internal MemoryNetwork Network => _network;

    internal MemoryOptions Options => _options;

    /// <summary>Makes two connections that are each other's peer, without a name.</summary>
    /// <param name="dialler">The options of the first connection.</param>
    /// <param name="listener">The options of the second connection.</param>
    /// <param name="options">How both sides write; <see cref="MemoryOptions.Bytes"/> does not apply.</param>
    /// <exception cref="SmpiConfigurationException">The two have no encoding in common.</exception>
    public static (IConnection Dialler, IConnection Listener) CreatePair(ConnectionOptions dialler, ConnectionOptions listener, MemoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dialler);
        ArgumentNullException.ThrowIfNull(listener);
        options ??= new MemoryOptions();
        return MemoryLink.Create("pair", new MemorySide(dialler, options, ConnectionRole.Dialler), new MemorySide(listener, options, ConnectionRole.Listener));
    }

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        return await _network.Find(_name).ConnectAsync(new MemorySide(options, _options, ConnectionRole.Dialler), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var endpoint = new MemoryEndpoint(_name, _network, new MemorySide(options, _options, ConnectionRole.Listener));
        _network.Add(endpoint);
        return new ValueTask<IListener>(endpoint.Listen());
    }

    /// <summary>The address of the endpoint.</summary>
    public override string ToString() => $"memory:{_name}";

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }
}
