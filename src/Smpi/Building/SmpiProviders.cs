namespace Smpi;

/// <summary>The providers that addresses and configuration may name, without dependency injection.</summary>
/// <example><c>await new SmpiProviders().AddStdio().AddJson().ConnectAsync("stdio:dotnet worker.dll")</c></example>
public sealed class SmpiProviders : IProviderRegistry
{
    private static readonly Dictionary<Type, string> Kinds = new()
    {
        [typeof(ProtocolEntry)] = "protocol",
        [typeof(FormatEntry)] = "format",
        [typeof(EncodingEntry)] = "encoding",
        [typeof(EventLoopEntry)] = "event loop",
        [typeof(LayerEntry)] = "layer",
    };

    private readonly Dictionary<(Type Kind, string Name), ProviderEntry> _entries = [];

    /// <summary>Makes a registry that has what the core has: the native format, the memory protocol and the event loops.</summary>
    public SmpiProviders() => BuiltInProviders.Register(this);

    /// <inheritdoc/>
    public void Register(ProviderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries[(entry.GetType(), entry.Name.ToLowerInvariant())] = entry;
    }

    /// <summary>Puts a channel together by an address; it connects at first use.</summary>
    /// <param name="address">The address.</param>
    /// <param name="configure">Adds handlers and more; null for none.</param>
    /// <exception cref="SmpiConfigurationException">The address names what is not there, or what does not fit together.</exception>
    public ISmpiChannel CreateChannel(string address, Action<SmpiBuilder>? configure = null)
    {
        var builder = new SmpiBuilder(this);
        builder.UseAddress(address);
        configure?.Invoke(builder);
        return builder.BuildChannel();
    }

    /// <summary>Connects to an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="configure">Adds handlers and more; null for none.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing stays open.</param>
    /// <exception cref="SmpiConfigurationException">Trying again cannot help.</exception>
    /// <exception cref="ChannelClosedException">The peer cannot be reached.</exception>
    public ValueTask<ISmpiChannel> ConnectAsync(
        string address, Action<SmpiBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        ISmpiChannel channel;
        try
        {
            channel = CreateChannel(address, configure);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<ISmpiChannel>(error);
        }

        return channel is ChannelBase connecting
            ? LoopReturn.Connected(connecting, ConnectedAsync(channel, cancellationToken))
            : ConnectedAsync(channel, cancellationToken);
    }

    private static async ValueTask<ISmpiChannel> ConnectedAsync(ISmpiChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await channel.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return channel;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Listens on an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="configure">Adds handlers and more.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SmpiConfigurationException">The address is in use, or names what is not there.</exception>
    public async ValueTask<ISmpiServer> ListenAsync(string address, Action<SmpiBuilder> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new SmpiBuilder(this);
        builder.ListenOn(address);
        configure(builder);
        ISmpiServer server = builder.BuildServer();
        try
        {
            await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal T? Find<T>(string name)
        where T : ProviderEntry => _entries.GetValueOrDefault((typeof(T), name.Trim().ToLowerInvariant())) as T;

    internal T Get<T>(string name)
        where T : ProviderEntry => Find<T>(name) ?? throw Unknown(name, typeof(T));

    internal IEnumerable<T> All<T>()
        where T : ProviderEntry => _entries.Values.OfType<T>();

    internal SmpiConfigurationException Unknown(string name, params Type[] kinds)
    {
        IEnumerable<string> registered = _entries.Keys.Where(key => kinds.Contains(key.Kind)).Select(key => key.Name);
        Type? other = _entries.Keys.FirstOrDefault(key => key.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).Kind;
        SmpiConfigurationException unknown = KnownNames.Unknown(string.Join(" or ", kinds.Select(kind => Kinds[kind])), name, registered, other is null ? null : Kinds.GetValueOrDefault(other, "part"));
        return kinds.Contains(typeof(EventLoopEntry)) ? new SmpiConfigurationException($"{unknown.Message} A loop of your own is given in code, with RunOn(loop).") : unknown;
    }
}
