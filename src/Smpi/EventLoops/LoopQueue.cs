namespace Smpi;

/// <summary>The work of a loop: a ring that grows to the most work that ever waited, and allocates nothing afterwards.</summary>
/// <remarks>Lanes have one post outstanding each, so the bound is the number of lanes plus the number of handlers that await.</remarks>
internal sealed class LoopQueue
{
    private readonly object _gate = new();
    private LoopItem[] _ring = new LoopItem[16];
    private int _start;
    private int _count;
    private int _sleeping;
    private bool _closed;
    private volatile ChannelDiagnostics? _diagnostics;

    public int Count => Volatile.Read(ref _count);

    public void ReportTo(ChannelDiagnostics diagnostics) => _diagnostics = diagnostics;

    /// <summary>Runs an item that was taken.</summary>
    public void Run(in LoopItem item)
    {
        try
        {
            item.Run();
        }
        catch (Exception error) when (_diagnostics is not null)
        {
            _diagnostics.Report(LoopFailures.Name, error);
        }
    }

    /// <summary>False when the loop has ended.</summary>
    public bool TryAdd(LoopItem item)
    {
        lock (_gate)
        {
            if (_closed) return false;
            if (_count == _ring.Length) Grow();
            _ring[(_start + _count) & (_ring.Length - 1)] = item;
            _count++;

            // A loop that is awake looks again before it sleeps.
            if (_sleeping > 0) Monitor.Pulse(_gate);
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
            while (_count == 0 && !_closed) Sleep(Timeout.Infinite);
            return Take(out item);
        }
    }

    /// <summary>Blocks until there is work, the queue is closed, or the time of the system's clock has passed; true when there is work.</summary>
    public bool Wait(TimeSpan timeout)
    {
        long end = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
        lock (_gate)
        {
            while (_count == 0 && !_closed)
            {
                long left = end == long.MaxValue ? Timeout.Infinite : end - Environment.TickCount64;
                if (end != long.MaxValue && left <= 0) break;
                Sleep((int)Math.Min(left, int.MaxValue));
            }

            return _count > 0;
        }
    }

    /// <summary>Blocks until there is work, the queue is closed, or <paramref name="expired"/> says so after a <see cref="Wake"/>.</summary>
    public bool Wait(Func<bool> expired)
    {
        lock (_gate)
        {
            while (_count == 0 && !_closed && !expired()) Sleep(Timeout.Infinite);
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

    private void Sleep(int milliseconds)
    {
        _sleeping++;
        Monitor.Wait(_gate, milliseconds);
        _sleeping--;
    }

    private bool Take(out LoopItem item)
    {
        item = default;
        if (_count == 0) return false;
        item = _ring[_start];
        _ring[_start] = default;
        _start = (_start + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }

    private void Grow()
    {
        var larger = new LoopItem[_ring.Length * 2];
        for (int i = 0; i < _count; i++) larger[i] = _ring[(_start + i) & (_ring.Length - 1)];
        _ring = larger;
        _start = 0;
    }
}
