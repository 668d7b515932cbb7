namespace Smpi;

/// <summary>The receiver's side of credit: what was consumed is granted again at a quarter of the window, and a window that empties fast grows.</summary>
internal sealed class CreditLedger(int window, int maxWindow, WindowBudget? budget, TimeProvider time)
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly int _initial = window;
    private int _window = window;
    private long _consumed;
    private long _sinceGrowth;
    private long _started;

    /// <summary>Counts octets as consumed.</summary>
    /// <returns>Octets to grant now; zero for none.</returns>
    public long Consume(long octets)
    {
        lock (_gate)
        {
            _consumed += octets;
            if (_consumed < _window / 4) return 0;
            long grant = _consumed;
            _consumed = 0;
            return grant + Grow(grant);
        }
    }

    /// <summary>Gives the growth back to the connection's budget when the stream ends.</summary>
    public void Release()
    {
        lock (_gate)
        {
            budget?.Return(_window - _initial);
            _window = _initial;
        }
    }

    private int Grow(long grant)
    {
        _sinceGrowth += grant;
        if (_sinceGrowth < _window || _window >= maxWindow) return 0;
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
