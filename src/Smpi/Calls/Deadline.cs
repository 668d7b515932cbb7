namespace Smpi;

/// <summary>The time and the token that a call has while it waits for a connection or a place.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _caller;

    public Deadline(TimeProvider time, TimeSpan limit, CancellationToken caller)
    {
        Limit = limit;
        _caller = caller;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            _timer = new CancellationTokenSource(limit < TimeSpan.Zero ? TimeSpan.Zero : limit, time);
            _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token);
        }

        Due = After(time, limit);
        Token = _linked?.Token ?? caller;
    }

    /// <summary>When the call times out, as a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long Due { get; }

    /// <summary>How long the call may take.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Fires when the caller cancels, and at the deadline.</summary>
    public CancellationToken Token { get; }

    public static long After(TimeProvider time, TimeSpan limit) => limit == Timeout.InfiniteTimeSpan ? long.MaxValue : After(time, time.GetTimestamp(), limit);

    public static long After(TimeProvider time, long now, TimeSpan limit)
    {
        double ticks = limit.TotalSeconds * time.TimestampFrequency;
        return ticks >= long.MaxValue / 2 ? long.MaxValue : now + (long)ticks;
    }

    /// <summary>The timestamp at which so many milliseconds have passed since another one; without floating point for clocks of up to two ticks a nanosecond.</summary>
    public static long After(TimeProvider time, long now, int milliseconds)
    {
        long frequency = time.TimestampFrequency;
        return frequency <= int.MaxValue ? now + (milliseconds * frequency / 1000) : After(time, now, TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>The exception of a wait that this deadline or its caller ended.</summary>
    public Exception Ended(string subject) => _caller.IsCancellationRequested
        ? new OperationCanceledException(_caller)
        : new TimeoutException($"The call '{subject}' was not sent within its deadline of {Limit.TotalSeconds:0.###} s.");

    public bool HasEnded => Token.IsCancellationRequested;

    /// <summary>Milliseconds left, at least one; zero for no deadline.</summary>
    public static long MillisecondsLeft(TimeProvider time, long due)
    {
        if (due == long.MaxValue) return 0;
        return Math.Max(1, (long)Math.Ceiling(time.GetElapsedTime(time.GetTimestamp(), due).TotalMilliseconds));
    }

    public void Dispose()
    {
        _linked?.Dispose();
        _timer?.Dispose();
    }
}
