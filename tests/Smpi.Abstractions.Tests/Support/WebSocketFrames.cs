using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Smpi.Tests;

/// <summary>Exactly one WebSocket message for each frame.</summary>
internal sealed class WebSocketFrames(WebSocket socket) : IFrameTransport
{
    public string Remote => "loopback";

    public WebSocketMessageType LastReceived { get; private set; }

    public static async Task<(WebSocket Client, WebSocket Server)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dialled = new TcpClient { NoDelay = true };
        Task<TcpClient> accept = listener.AcceptTcpClientAsync();
        await dialled.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        TcpClient accepted = await accept;
        accepted.NoDelay = true;
        return (WebSocket.CreateFromStream(dialled.GetStream(), new WebSocketCreationOptions { IsServer = false }),
            WebSocket.CreateFromStream(accepted.GetStream(), new WebSocketCreationOptions { IsServer = true }));
    }

    public async ValueTask<FramePiece> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty) return default;
        ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer, cancellationToken);
        LastReceived = result.MessageType;
        return result.MessageType == WebSocketMessageType.Close ? FramePiece.EndOfInput : new FramePiece(result.Count, result.EndOfMessage);
    }

    public async ValueTask SendAsync(ReadOnlySequence<byte> frame, bool isText, CancellationToken cancellationToken)
    {
        WebSocketMessageType type = isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        SequencePosition position = frame.Start;
        ReadOnlyMemory<byte> piece = default;
        bool pending = false;
        while (frame.TryGet(ref position, out ReadOnlyMemory<byte> next))
        {
            if (pending) await socket.SendAsync(piece, type, false, cancellationToken);
            piece = next;
            pending = true;
        }

        await socket.SendAsync(piece, type, true, cancellationToken);
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) =>
        new(socket.CloseStatus is { } status ? new CloseReason(new ErrorCode($"websocket.{(int)status}"), socket.CloseStatusDescription ?? "The peer closed.", ClosedBy.Peer) : null);

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return default;
    }
}
