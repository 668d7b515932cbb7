namespace Smpi;

/// <summary>This process' own standard input and output as the wire to its host.</summary>
/// <remarks>
/// The process' channel or server takes both for itself when it is made, and in a host when the services are built: afterwards <see cref="Console.Out"/> and file descriptor 1 lead to standard error, and standard input is empty, so a stray
/// print, also of native code or of a grandchild, cannot corrupt the wire. There is one connection per process.
/// On Linux that holds for writers made before as well, such as a logger's; elsewhere make them after the channel. On Windows code that prints through a C runtime of its own is not caught.
/// </remarks>
/// <param name="options">How the streams are used; null for the defaults.</param>
public sealed class StdioProtocol(StdioOptions? options = null) : IServerProtocol, IReservingProtocol
{
    private readonly StdioOptions _options = options ?? new StdioOptions();

    /// <inheritdoc/>
    public string Name => "stdio";

    internal StdioOptions Options => _options;

    /// <summary>Takes the standard streams of this process; prints go to standard error afterwards.</summary>
    /// <exception cref="SmpiConfigurationException">A stream is a terminal, or is closed.</exception>
    public void Reserve() => OwnStreams.Reserve();

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var transport = new StdioTransport(OwnStreams.Take(), _options);
        StreamConnection connection = await StreamConnection.OpenAsync(transport, options with { Role = ConnectionRole.Listener }, Name, cancellationToken).ConfigureAwait(false);
        transport.Info = connection.Info;
        return connection;
    }

    /// <inheritdoc/>
    public async ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
        new SingleListener(await ConnectAsync(options, cancellationToken).ConfigureAwait(false));

    /// <summary>The address.</summary>
    public override string ToString() => "stdio:";
}
