using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>A WebSocket whose messages are the frames of a format.</summary>
internal sealed class SocketFrames(SocketLink link) : IFrameTransport
{
    public string Remote => link.Remote;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FramePiece> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ValueWebSocketReceiveResult result = await link.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        return result.MessageType == WebSocketMessageType.Close ? FramePiece.EndOfInput : new FramePiece(result.Count, result.EndOfMessage);
    }

    public ValueTask SendAsync(ReadOnlySequence<byte> frame, bool isText, CancellationToken cancellationToken) => link.SendAsync(frame, cancellationToken);

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(link.Explain(error));

    public ValueTask DisposeAsync() => link.DisposeAsync();
}
