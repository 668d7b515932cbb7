namespace Smpi;

/// <summary>The receiver's side of credit: what was consumed is granted again at a quarter of the window, and a window that empties fast grows.</summary>
/// <param name="window">Bytes that the peer may send before the first grant.</param>
/// <param name="maxWindow">The largest window.</param>
/// <param name="budget">What the windows of the connection may grow together; null for no such bound.</param>
/// <param name="overdrafts">What the streams of the connection owe together; null where a debt is bounded otherwise.</param>
/// <param name="time">The clock.</param>
internal class CreditLedger(int window, int maxWindow, WindowBudget? budget, Overdrafts? overdrafts, TimeProvider time)
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    // Guards every field below; _granted is also read without it, by the reader.
    private readonly Lock _gate = new();
    private readonly int _initial = window;
    private int _window = window;
    private long _granted = window;
    private long _overdraft;
    private long _consumed;
    private long _sinceGrowth;
    private long _started;
    private bool _released;

    /// <summary>Everything that was granted since the stream began, the first window included.</summary>
    public long Granted => Volatile.Read(ref _granted);

    /// <summary>Counts bytes as consumed.</summary>
    /// <returns>Bytes to grant now; zero for none.</returns>
    public long Consume(long bytes)
    {
        lock (_gate)
        {
            _consumed += bytes;
            if (_consumed < _window / 4) return 0;
            long grant = _consumed;
            _consumed = 0;
            grant += Grow(grant);
            Volatile.Write(ref _granted, _granted + grant);
            Repay(Math.Min(grant, _overdraft));
            return grant;
        }
    }

    /// <summary>Notes that more has come than was granted.</summary>
    /// <param name="received">Everything that has come since the stream began.</param>
    /// <returns>False when the streams of the connection owed as much as they may together before.</returns>
    public bool TryOverdraw(long received)
    {
        lock (_gate)
        {
            long more = received - _granted - _overdraft;
            if (overdrafts is null || _released || more <= 0) return true;
            if (overdrafts.IsFull) return false;
            _overdraft += more;
            overdrafts.Take(more);
            return true;
        }
    }

    /// <summary>Gives growth and debt back to the connection when nobody takes the items of the stream any more.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_released) return;
            _released = true;
            Repay(_overdraft);
            budget?.Return(_window - _initial);
            _window = _initial;
        }
    }

    private void Repay(long bytes)
    {
        if (bytes == 0) return;
        _overdraft -= bytes;
        overdrafts?.Return(bytes);
    }

    private int Grow(long grant)
    {
        _sinceGrowth += grant;
        if (_sinceGrowth < _window || _window >= maxWindow || _released) return 0;
        long now = time.GetTimestamp();
        bool fast = _started != 0 && time.GetElapsedTime(_started, now) < Fast;
        _started = now;
        _sinceGrowth = 0;
        if (!fast) return 0;
        int more = Math.Min(_window, maxWindow - _window);
        if (budget is not null && !budget.TryTake(more)) return 0;
        _window += more;
        return more;
    }
}
