namespace Smpi;

/// <summary>The lanes of one link, as the watch sees them. It is watched from the first touch until nothing has touched it for some ticks.</summary>
internal abstract class WatchedLanes(LaneWatch watch)
{
    private const int IdleTicks = 5;

    private int _touched;
    private volatile bool _isWatched;
    private int _idle;

    /// <summary>Says that a lane is busy.</summary>
    public void Touch()
    {
        if (Volatile.Read(ref _touched) == 0 && Interlocked.Exchange(ref _touched, 1) == 0 && !_isWatched) watch.Add(this);
    }

    /// <summary>Whether it was not watched before; called by the watch alone.</summary>
    public bool Begin()
    {
        if (_isWatched) return false;
        _idle = 0;
        return _isWatched = true;
    }

    /// <summary>Looks after the lanes. False when they have been idle for a while and are not watched any more; called by the watch alone.</summary>
    public bool Tick()
    {
        Check();
        _idle = Interlocked.Exchange(ref _touched, 0) != 0 ? 0 : _idle + 1;
        if (_idle <= IdleTicks) return true;

        // Whoever touches it at this moment either finds it unwatched, or is seen here.
        _isWatched = false;
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _touched) != 0 && Begin();
    }

    /// <summary>Helps what is stuck. It only looks and posts: what it starts runs elsewhere.</summary>
    protected abstract void Check();
}
