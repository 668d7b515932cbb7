using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Tests;

/// <summary>Loopback sockets with the shared stream connection: what a byte protocol is, without any provider package.</summary>
internal sealed class SocketProtocol(int port = 0) : IServerProtocol
{
    public string Name => "tcp";

    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ChannelClosedException(new CloseReason(ErrorCode.Unavailable, $"Nobody listens on port {port}.", ClosedBy.Transport), error);
        }

        return await Open(socket, options, cancellationToken);
    }

    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        return new(new HandshakeQueue<Socket>(
            $"{((IPEndPoint)listener.LocalEndPoint!).Port}",
            options,
            async ct => await listener.AcceptAsync(ct),
            (socket, ct) => Open(socket, options, ct),
            () =>
            {
                listener.Dispose();
                return default;
            }));
    }

    private static async ValueTask<IConnection> Open(Socket socket, ConnectionOptions options, CancellationToken ct)
    {
        socket.NoDelay = true;
        return await StreamConnection.OpenAsync(new Transport(socket), options, "tcp", ct);
    }

    private sealed class Transport(Socket socket) : IByteTransport
    {
        public string Remote => "127.0.0.1";

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => socket.ReceiveAsync(buffer, cancellationToken);

        public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
        {
            foreach (ReadOnlyMemory<byte> piece in bytes)
            {
                for (ReadOnlyMemory<byte> rest = piece; rest.Length > 0;) rest = rest[await socket.SendAsync(rest, cancellationToken)..];
            }
        }

        public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new((CloseReason?)null);

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return default;
        }
    }
}
