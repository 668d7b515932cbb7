using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Smpi.Bench.Serial;

/// <summary>One direction: bytes that were sent and not received yet. Who waits for bytes is woken by <see cref="Deliver"/> alone, on the thread that calls it.</summary>
/// <remarks>The lock is for the handshake, which runs on the thread pool, and for timers; in a measured window nobody contends for it.</remarks>
internal sealed class ByteQueue : IValueTaskSource<int>
{
    private readonly Lock _gate = new();
    private byte[] _bytes = new byte[4 << 20];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _waits;
    private Memory<byte> _target;
    private ManualResetValueTaskSourceCore<int> _wait;

    /// <summary>Appends bytes; wakes nobody, so that everything that is sent before the next delivery arrives together.</summary>
    public void Append(in ReadOnlySequence<byte> bytes)
    {
        lock (_gate)
        {
            int length = checked((int)bytes.Length);
            MakeRoom(length);
            bytes.CopyTo(_bytes.AsSpan(_end));
            _end += length;
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> target)
    {
        lock (_gate)
        {
            if (_start < _end || _ended) return new ValueTask<int>(Take(target));
            _target = target;
            _waits = true;
            _wait.Reset();
            return new ValueTask<int>(this, _wait.Version);
        }
    }

    /// <summary>Wakes the receiver where there is something for it. The receiver goes on within this call.</summary>
    /// <returns>Whether somebody was woken.</returns>
    public bool Deliver()
    {
        int count;
        lock (_gate)
        {
            if (!_waits || (_start == _end && !_ended)) return false;
            _waits = false;
            count = Take(_target);
            _target = default;
        }

        _wait.SetResult(count);
        return true;
    }

    public void End()
    {
        lock (_gate) _ended = true;
        Deliver();
    }

    public int GetResult(short token) => _wait.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _wait.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private int Take(Memory<byte> target)
    {
        int count = Math.Min(_end - _start, target.Length);
        _bytes.AsSpan(_start, count).CopyTo(target.Span);
        _start += count;
        if (_start == _end) _start = _end = 0;
        return count;
    }

    private void MakeRoom(int length)
    {
        if (_bytes.Length - _end >= length) return;
        int kept = _end - _start;
        byte[] room = _bytes.Length - kept >= length ? _bytes : new byte[Math.Max(_bytes.Length * 2, kept + length)];
        _bytes.AsSpan(_start, kept).CopyTo(room);
        _bytes = room;
        _start = 0;
        _end = kept;
    }
}
