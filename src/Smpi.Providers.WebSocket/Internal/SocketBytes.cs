using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>A WebSocket as a stream of bytes: where its messages end means nothing.</summary>
internal sealed class SocketBytes(SocketLink link) : IByteTransport
{
    public string Remote => link.Remote;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            ValueWebSocketReceiveResult result = await link.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (result.Count > 0 || buffer.IsEmpty || result.MessageType == WebSocketMessageType.Close) return result.Count;
        }
    }

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) => link.SendAsync(bytes, cancellationToken);

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(link.Explain(error));

    public ValueTask DisposeAsync() => link.DisposeAsync();
}
