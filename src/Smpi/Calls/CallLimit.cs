namespace Smpi;

/// <summary>How long a call may take, in the units that a call needs, so that the limit of a channel is converted once.</summary>
internal readonly struct CallLimit
{
    private readonly long _ticks;

    public CallLimit(TimeSpan limit, TimeProvider time)
    {
        Limit = limit;
        _ticks = limit == Timeout.InfiniteTimeSpan ? long.MaxValue : Deadline.After(time, 0, limit);
        Milliseconds = _ticks == long.MaxValue ? 0 : Math.Max(1, (long)limit.TotalMilliseconds);
    }

    public static CallLimit None { get; } = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    public TimeSpan Limit { get; }

    /// <summary>For the wire; zero for no limit.</summary>
    public long Milliseconds { get; }

    /// <summary>When a call that starts now times out, as a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long Due(TimeProvider time) => _ticks == long.MaxValue ? long.MaxValue : time.GetTimestamp() + _ticks;
}
