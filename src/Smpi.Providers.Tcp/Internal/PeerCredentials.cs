using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Which process of which user is at the other end of a Unix socket.</summary>
/// <param name="Process">The process id.</param>
/// <param name="User">The user id.</param>
internal readonly record struct PeerCredentials(int Process, uint User)
{
    // SOL_SOCKET and SO_PEERCRED of Linux; the value is the structure ucred: pid, uid, gid, 32 bits each (unix(7)).
    private const int SocketLevel = 1;
    private const int PeerCredentialsOption = 17;

    public static uint OwnUser => GetEffectiveUserId();

    /// <summary>Null where the system cannot tell.</summary>
    public static PeerCredentials? Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> value = stackalloc byte[12];
        int length = socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, value);
        return length < value.Length ? null : new PeerCredentials(MemoryMarshal.Read<int>(value), MemoryMarshal.Read<uint>(value[4..]));
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}
