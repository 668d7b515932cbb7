namespace Smpi;

/// <summary>How long a call may take, in the units that a call needs, so that the limit of a channel is converted once.</summary>
internal readonly struct CallLimit
{
    // From here on the steps of the coarse clock are too small to matter.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly long _ticks;
    private readonly bool _isLong;

    public CallLimit(TimeSpan limit, TimeProvider time)
    {
        Limit = limit;
        _isLong = limit >= Long && limit < TimeSpan.FromDays(1) && ReferenceEquals(time, TimeProvider.System);

        // Rather late than early.
        _ticks = limit == Timeout.InfiniteTimeSpan ? long.MaxValue : Deadline.After(time, 0, _isLong ? limit + CallClock.Behind : limit);
        Milliseconds = _ticks == long.MaxValue ? 0 : Math.Max(1, (long)limit.TotalMilliseconds);
    }

    public static CallLimit None { get; } = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    public TimeSpan Limit { get; }

    /// <summary>For the wire; zero for no limit.</summary>
    public long Milliseconds { get; }

    /// <summary>When a call that starts now times out, as a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long Due(TimeProvider time)
    {
        if (_ticks == long.MaxValue) return long.MaxValue;
        return (_isLong ? CallClock.Timestamp() : time.GetTimestamp()) + _ticks;
    }
}
