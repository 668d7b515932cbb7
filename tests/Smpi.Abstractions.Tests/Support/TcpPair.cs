using System.Net;
using System.Net.Sockets;

namespace Smpi.Tests;

/// <summary>Two ends of one loopback connection.</summary>
internal static class TcpPair
{
    public static async Task<(Socket Left, Socket Right)> CreateAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var left = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Task<Socket> accept = listener.AcceptSocketAsync();
        await left.ConnectAsync(listener.LocalEndpoint);
        Socket right = await accept;
        right.NoDelay = true;
        return (left, right);
    }

    public static StreamTransport Transport(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new StreamTransport(stream, stream, "loopback");
    }
}
