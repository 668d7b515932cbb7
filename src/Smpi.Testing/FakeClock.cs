namespace Smpi;

/// <summary>A clock that stands still until it is advanced. Timers fire inside <see cref="Advance"/>, in the order in which they are due.</summary>
/// <remarks>
/// Works with everything that takes a <see cref="TimeProvider"/>: <see cref="Task.Delay(TimeSpan, TimeProvider)"/>, cancellation after a time,
/// timers. Timers that are due at the same time fire in the order in which they were set. A timer that is due at once fires at the next advance, which may be one by zero. Safe for concurrent use.
/// </remarks>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<FakeTimer> _timers = new(FakeTimer.ByDueTime);
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _order;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What it shows first; null for the first of January 2030, midnight UTC.</param>
    public FakeClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Timers that are set: a test can wait for one before it advances the clock.</summary>
    public int Timers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    /// <summary>The time advanced so far.</summary>
    public TimeSpan Elapsed => new(GetTimestamp());

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => (_start + Elapsed).ToUniversalTime();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires the timers that become due, each at its own time, on the calling thread.</summary>
    /// <param name="by">How far; zero fires what is due at once.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target = GetTimestamp() + by.Ticks;
        while (NextUntil(target) is { } timer) timer.Fire();
        lock (_gate) _elapsed = Math.Max(_elapsed, target);
    }

    internal bool Set(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed) return false;
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime < TimeSpan.Zero) return true;
            Schedule(timer, _elapsed + dueTime.Ticks);
            return true;
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private FakeTimer? NextUntil(long target)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } timer || timer.Due > target) return null;
            _timers.Remove(timer);
            _elapsed = Math.Max(_elapsed, timer.Due);
            if (timer.Period > 0) Schedule(timer, timer.Due + timer.Period);
            return timer;
        }
    }

    private void Schedule(FakeTimer timer, long due)
    {
        timer.Due = due;
        timer.Order = ++_order;
        _timers.Add(timer);
    }
}
