using System.Buffers;
using System.Threading.Channels;

namespace Smpi.Tests;

/// <summary>Frames in memory, handed over in pieces of a chosen size.</summary>
internal sealed class MemoryFrames(ChannelReader<byte[]> input, ChannelWriter<byte[]> output, int pieceSize) : IFrameTransport
{
    private ReadOnlyMemory<byte>? _current;
    private int _disposed;

    public string Remote => "memory";

    public List<bool> SentAsText { get; } = [];

    public bool IsDisposed => _disposed != 0;

    public static (MemoryFrames Left, MemoryFrames Right) Pair(int pieceSize = int.MaxValue)
    {
        Channel<byte[]> there = Channel.CreateBounded<byte[]>(1024);
        Channel<byte[]> back = Channel.CreateBounded<byte[]>(1024);
        return (new(back.Reader, there.Writer, pieceSize), new(there.Reader, back.Writer, pieceSize));
    }

    public async ValueTask<FramePiece> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty) return default;
        if (_current is null)
        {
            if (!await input.WaitToReadAsync(cancellationToken)) return FramePiece.EndOfInput;
            _current = await input.ReadAsync(cancellationToken);
        }

        ReadOnlyMemory<byte> rest = _current.Value;
        int count = Math.Min(Math.Min(rest.Length, buffer.Length), pieceSize);
        rest[..count].CopyTo(buffer);
        _current = count == rest.Length ? (ReadOnlyMemory<byte>?)null : rest[count..];
        return new FramePiece(count, _current is null);
    }

    public async ValueTask SendAsync(ReadOnlySequence<byte> frame, bool isText, CancellationToken cancellationToken)
    {
        SentAsText.Add(isText);
        await output.WriteAsync(frame.ToArray(), cancellationToken);
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(error is null ? new CloseReason(ErrorCode.Closed, "The memory peer left.", ClosedBy.Peer) : null);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) output.TryComplete();
        return default;
    }
}
