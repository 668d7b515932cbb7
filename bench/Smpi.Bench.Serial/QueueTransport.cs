using System.Buffers;

namespace Smpi.Bench.Serial;

/// <summary>One side of a pair of queues. Nothing waits but a receive of an empty queue.</summary>
internal sealed class QueueTransport(ByteQueue incoming, ByteQueue outgoing) : IByteTransport
{
    public string Remote => "serial";

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => incoming.ReceiveAsync(buffer);

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        outgoing.Append(bytes);
        return default;
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => default;

    public ValueTask DisposeAsync()
    {
        incoming.End();
        outgoing.End();
        return default;
    }
}
