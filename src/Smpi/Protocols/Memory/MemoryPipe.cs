using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Bytes in one direction, through a ring of fixed size.</summary>
internal sealed class MemoryPipe
{
    private const int Size = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly MemorySignal _arrived = new();
    private readonly MemorySignal _taken = new();
    private byte[] _ring = [];
    private int _start;
    private int _count;
    private bool _writerGone;
    private bool _readerGone;

    /// <summary>Receives what is there; with an empty buffer, waits until something is there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        int count;
        while (!TryRead(buffer.Span, out count)) await _arrived.WaitAsync(ct).ConfigureAwait(false);
        if (count > 0) _taken.Set();
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty)
        {
            int count = Write(bytes.Span);
            if (count > 0) _arrived.Set();
            else await _taken.WaitAsync(ct).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }

    /// <summary>Nothing more is written; what was written can still be read.</summary>
    public void EndWriting() => Close(writer: true);

    /// <summary>Nothing more is read; writing fails.</summary>
    public void EndReading() => Close(writer: false);

    private void Close(bool writer)
    {
        lock (_gate)
        {
            if (writer) _writerGone = true;
            else _readerGone = true;
        }

        _arrived.Set();
        _taken.Set();
    }

    private bool TryRead(Span<byte> buffer, out int count)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_readerGone, this);
            count = Math.Min(buffer.Length, _count);
            int head = Math.Min(count, _ring.Length - _start);
            _ring.AsSpan(_start, head).CopyTo(buffer);
            _ring.AsSpan(0, count - head).CopyTo(buffer[head..]);
            bool ready = _count > 0 || _writerGone;
            _count -= count;
            _start = _count == 0 ? 0 : (_start + count) % _ring.Length;
            return ready;
        }
    }

    private int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_writerGone, this);
            if (_readerGone) throw new IOException("The peer closed the connection.");
            if (_ring.Length == 0) _ring = new byte[Size];
            int count = Math.Min(bytes.Length, _ring.Length - _count);
            int end = (_start + _count) % _ring.Length;
            int head = Math.Min(count, _ring.Length - end);
            bytes[..head].CopyTo(_ring.AsSpan(end));
            bytes[head..count].CopyTo(_ring);
            _count += count;
            return count;
        }
    }
}
