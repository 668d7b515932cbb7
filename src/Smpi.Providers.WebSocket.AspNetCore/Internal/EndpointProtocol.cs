namespace Smpi;

/// <summary>A protocol whose connections come from an endpoint of a web application.</summary>
internal sealed class EndpointProtocol(string serverName) : IServerProtocol, IGuardedProtocol
{
    private readonly List<MappedEndpoint> _mapped = [];
    private EndpointListener? _listener;

    public string Name => "ws";

    /// <summary>The key of the server; empty for the default one.</summary>
    public string ServerName => serverName;

    /// <summary>Where connections go; null while the server does not listen.</summary>
    public EndpointListener? Listener => Volatile.Read(ref _listener) is { IsOpen: true } open ? open : null;

    /// <summary>What the application asks of a request before it becomes a connection.</summary>
    public IReadOnlyCollection<string> Guards => [.. _mapped.SelectMany(one => one.Guards).Distinct(StringComparer.Ordinal)];

    public void Map(MappedEndpoint endpoint) => _mapped.Add(endpoint);

    public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
        throw new SmpiConfigurationException("An endpoint of ASP.NET Core listens only: connect with UseWebSocket.");

    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        var listener = new EndpointListener(options with { Role = ConnectionRole.Listener });
        Volatile.Write(ref _listener, listener);
        return new ValueTask<IListener>(listener);
    }

    /// <summary>The paths, on any host: by them a network in memory finds the server for the address of a WebSocket.</summary>
    public override string ToString() => _mapped.Count == 0 ? "aspnetcore" : string.Join(' ', _mapped.Select(one => $"*{one.Path}"));
}
