namespace Smpi;

/// <summary>The options of a protocol that an address takes the place of: they stay in force where the address says nothing else.</summary>
internal static class GivenOptions
{
    public static TcpOptions? Tcp(IProtocol? given) => (Below(given) as TcpProtocol)?.Options;

    public static UnixSocketOptions Unix(IProtocol? given) => (Below(given) as UnixSocketProtocol)?.Options ?? new UnixSocketOptions();

    public static NamedPipeOptions? Pipe(IProtocol? given) => (Below(given) as NamedPipeProtocol)?.Options;

    public static IpcOptions? Ipc(IProtocol? given) => (Below(given) as IpcProtocol)?.Options;

    public static TlsOptions Tls(IProtocol? given) => (given as TlsProtocol)?.Options ?? new TlsOptions();

    private static IProtocol? Below(IProtocol? given) => given is TlsProtocol tls ? tls.Inner : given;
}
