using System.Buffers;

namespace Smpi;

/// <summary>One end of two byte pipes in memory.</summary>
internal sealed class MemoryTransport(string remote, MemoryPipe incoming, MemoryPipe outgoing) : IByteTransport
{
    public string Remote => remote;

    public static (MemoryTransport Near, MemoryTransport Far) CreatePair(string name)
    {
        var there = new MemoryPipe();
        var back = new MemoryPipe();
        return (new MemoryTransport($"memory:{name}", back, there), new MemoryTransport($"a dialler on memory:{name}", there, back));
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => incoming.ReadAsync(buffer, cancellationToken);

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) =>
        bytes.IsSingleSegment ? outgoing.WriteAsync(bytes.First, cancellationToken) : SendPiecesAsync(bytes, cancellationToken);

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(
        error is IOException ? new CloseReason(ErrorCode.Closed, $"{remote} closed the connection.", ClosedBy.Peer) : null);

    public ValueTask DisposeAsync()
    {
        outgoing.EndWriting();
        incoming.EndReading();
        return default;
    }

    private async ValueTask SendPiecesAsync(ReadOnlySequence<byte> bytes, CancellationToken ct)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes) await outgoing.WriteAsync(piece, ct).ConfigureAwait(false);
    }
}
