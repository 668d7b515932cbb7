namespace Smpi.Conformance.Tests;

/// <summary>The protocols and encodings of the matrix, by name: one line for each.</summary>
internal sealed class Combinations : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly MemoryNetwork _network = new();
    private readonly string _name = $"smpi-matrix-{Guid.NewGuid():N}";
    private WebApp? _app;

    public static IReadOnlyList<string> Protocols { get; } = ["memory", "stream", "pipe", "unix", "ipc", "tcp", "tls", "ws", "aspnetcore", "stdio"];

    /// <summary>What each side offers: the dialling one first. The first that both have is used.</summary>
    public static IReadOnlyDictionary<string, (Func<IEncoding>[] Dialler, Func<IEncoding>[] Listener)> Encodings { get; } = new Dictionary<string, (Func<IEncoding>[] Dialler, Func<IEncoding>[] Listener)>
    {
        ["json"] = ([Json], [Json]),
        ["msgpack"] = ([Pack], [Pack]),
        ["negotiated"] = ([Pack, Json], [Json, Pack]),
    };

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _directory.Dispose();
    }

    public async Task<ChannelSetup> OfAsync(string protocol, string encoding, IEventLoopBinding loop)
    {
        (IServerProtocol listen, Func<string, IProtocol> dial) = protocol == "aspnetcore" ? await WebAsync() : Protocol(protocol);
        (Func<IEncoding>[] dialler, Func<IEncoding>[] listener) = Encodings[encoding];
        return new ChannelSetup(
            server => With(server.ListenOn(listen).RunOn(loop), listener),
            (client, address) => With(client.UseProtocol(dial(address)).RunOn(loop), dialler));
    }

    public static SmpiBuilder With(SmpiBuilder builder, IEnumerable<Func<IEncoding>> encodings)
    {
        foreach (Func<IEncoding> encoding in encodings) builder.UseEncoding(encoding());
        return builder;
    }

    private async Task<(IServerProtocol Listen, Func<string, IProtocol> Dial)> WebAsync()
    {
        _app = await WebApp.StartAsync();
        return (_app.Endpoint, _ => new WebSocketProtocol(_app.Address));
    }

    private (IServerProtocol Listen, Func<string, IProtocol> Dial) Protocol(string name) => name switch
    {
        "memory" => Same(new MemoryProtocol(_name, _network)),
        "stream" => Same(new StreamMeeting()),
        "tcp" => (Tcp(0), address => Tcp(new Uri(address).Port)),
        "tls" => (Tls(0), address => Tls(new Uri(address).Port)),
        "unix" => Same(new UnixSocketProtocol(_directory.File("matrix.sock"))),
        "pipe" => Same(new NamedPipeProtocol(_name)),
        "ws" => (new WebSocketProtocol("ws://127.0.0.1:0/matrix"), address => new WebSocketProtocol(address)),
        "ipc" => Same(new IpcProtocol("matrix", new IpcOptions { Directory = _directory.File("ipc") })),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The matrix has no such protocol."),
    };

    private static (IServerProtocol Listen, Func<string, IProtocol> Dial) Same(IServerProtocol protocol) => (protocol, _ => protocol);

    private static TcpProtocol Tcp(int port) => new("127.0.0.1", port);

    private static TlsProtocol Tls(int port) => new(Tcp(port), new TlsOptions { Certificate = Certificates.Shared.Server(), TrustRoots = Certificates.Shared.Roots });

    private static JsonEncoding Json() => new();

    private static MessagePackEncoding Pack() => new();
}
