namespace Smpi.Conformance.Tests;

/// <summary>The protocols and encodings of the matrix, by name: one line for each.</summary>
internal sealed class Combinations : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly MemoryNetwork _network = new();
    private readonly string _name = $"smpi-matrix-{Guid.NewGuid():N}";

    public static IReadOnlyList<string> Protocols { get; } = ["memory", "tcp", "tls", "unix", "pipe", "ipc", "ws", "stdio"];

    public static IReadOnlyDictionary<string, Func<IEncoding>> Encodings { get; } = new Dictionary<string, Func<IEncoding>>
    {
        ["json"] = () => new JsonEncoding(),
        ["msgpack"] = () => new MessagePackEncoding(),
    };

    public void Dispose() => _directory.Dispose();

    public ChannelSetup Of(string protocol, string encoding, IEventLoopBinding loop)
    {
        (IServerProtocol listen, Func<string, IProtocol> dial) = Protocol(protocol);
        return new ChannelSetup(
            server => server.ListenOn(listen).UseEncoding(Encodings[encoding]()).RunOn(loop),
            (client, address) => client.UseProtocol(dial(address)).UseEncoding(Encodings[encoding]()).RunOn(loop));
    }

    private (IServerProtocol Listen, Func<string, IProtocol> Dial) Protocol(string name) => name switch
    {
        "memory" => Same(new MemoryProtocol(_name, _network)),
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
}
