namespace Smpi;

/// <summary>The work of a loop: a ring that grows to the most work that ever waited, and allocates nothing afterwards.</summary>
/// <remarks>Lanes have one post outstanding each, so the bound is the number of lanes plus the number of handlers that await.</remarks>
internal sealed class LoopQueue
{
    private readonly object _gate = new();
    private LoopItem[] _ring = new LoopItem[16];
    private int _start;
    private int _count;
    private bool _closed;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when the loop has ended.</summary>
    public bool TryAdd(LoopItem item)
    {
        lock (_gate)
        {
            if (_closed) return false;
            if (_count == _ring.Length) Grow();
            _ring[(_start + _count) % _ring.Length] = item;
            _count++;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    public bool TryTake(out LoopItem item)
    {
        lock (_gate) return Take(out item);
    }

    /// <summary>Blocks until there is work; false when the queue was closed and is empty.</summary>
    public bool WaitAndTake(out LoopItem item)
    {
        lock (_gate)
        {
            while (_count == 0 && !_closed) Monitor.Wait(_gate);
            return Take(out item);
        }
    }

    /// <summary>Blocks until there is work, the queue is closed, or <paramref name="expired"/> says so after a <see cref="Wake"/>.</summary>
    public bool Wait(Func<bool> expired)
    {
        lock (_gate)
        {
            while (_count == 0 && !_closed && !expired()) Monitor.Wait(_gate);
            return _count > 0;
        }
    }

    public void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    /// <summary>Takes no more work; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Take(out LoopItem item)
    {
        item = default;
        if (_count == 0) return false;
        item = _ring[_start];
        _ring[_start] = default;
        _start = (_start + 1) % _ring.Length;
        _count--;
        return true;
    }

    private void Grow()
    {
        var larger = new LoopItem[_ring.Length * 2];
        for (int i = 0; i < _count; i++) larger[i] = _ring[(_start + i) % _ring.Length];
        _ring = larger;
        _start = 0;
    }
}
