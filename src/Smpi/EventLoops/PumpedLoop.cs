namespace Smpi;

/// <summary>An event loop that runs when its owner says so: in the frame of a game, in a main loop of one's own.</summary>
/// <remarks>Awaits in handlers come back to the loop. Its queue is bounded by the number of lanes plus the handlers that await; a post allocates nothing.</remarks>
public sealed class PumpedLoop : IEventLoopBinding, IReportingLoop, IDisposable
{
    private readonly LoopQueue _queue = new();
    private readonly LoopContext _context;
    private readonly TimeProvider _time;
    private readonly long _slice;
    private long _deadline = long.MaxValue;
    private int _pumping;
    private volatile bool _hasRun;

    /// <summary>Makes a loop.</summary>
    /// <param name="timeProvider">The clock of budgets and waits; null for the system's.</param>
    public PumpedLoop(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        _slice = _time.TimestampFrequency / 125;
        _context = new LoopContext(_queue, this);
    }

    /// <summary>Pieces of work that wait.</summary>
    public int Pending => _queue.Count;

    /// <summary>True when the budget of the running <see cref="RunPending(TimeSpan)"/> is used up; without a budget, when the running lane had its 8 ms.</summary>
    public bool ShouldYield => _deadline != long.MaxValue && _time.GetTimestamp() >= _deadline;

    /// <summary>Whether the loop was ever pumped or waited for.</summary>
    internal bool HasRun => _hasRun;

    /// <inheritdoc/>
    public void Post(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!_queue.TryAdd(new LoopItem(null, work)))
        {
            throw new ObjectDisposedException(nameof(PumpedLoop), "The pumped loop was disposed and takes no more work: dispose the channels that run on it first.");
        }
    }

    /// <summary>Runs the work that waits now. Work that it posts waits for the next call, and so does what is left of a lane after 8 ms.</summary>
    /// <returns>Pieces of work that ran.</returns>
    /// <exception cref="InvalidOperationException">The loop is being pumped already.</exception>
    public int RunPending() => Pump(_queue.Count, long.MaxValue);

    /// <summary>Runs work, also work that it posts, until none waits or the budget is used up; at least one piece if any waits.</summary>
    /// <param name="budget">The time to spend. A handler that takes longer is not interrupted.</param>
    /// <returns>Pieces of work that ran.</returns>
    /// <exception cref="InvalidOperationException">The loop is being pumped already.</exception>
    public int RunPending(TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, TimeSpan.Zero);
        double ticks = budget.TotalSeconds * _time.TimestampFrequency;
        long now = _time.GetTimestamp();
        return Pump(int.MaxValue, ticks >= long.MaxValue - now ? long.MaxValue : now + (long)ticks);
    }

    /// <summary>Blocks until work waits.</summary>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no end.</param>
    /// <returns>False when the time passed, or the loop was disposed, and none waits.</returns>
    public bool WaitForWork(TimeSpan timeout)
    {
        _hasRun = true;
        if (_queue.Count > 0 || timeout == TimeSpan.Zero) return _queue.Count > 0;
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, Timeout.InfiniteTimeSpan);
        return ReferenceEquals(_time, TimeProvider.System) ? _queue.Wait(timeout) : WaitByClock(timeout);
    }

    /// <summary>Takes no more work. What waits still runs when the loop is pumped.</summary>
    public void Dispose() => _queue.Close();

    void IReportingLoop.ReportTo(ChannelDiagnostics diagnostics) => _queue.ReportTo(diagnostics);

    private bool WaitByClock(TimeSpan timeout)
    {
        bool expired = false;
        using ITimer timer = _time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref expired, true);
                _queue.Wake();
            },
            null,
            timeout,
            Timeout.InfiniteTimeSpan);
        return _queue.Wait(() => Volatile.Read(ref expired));
    }

    private int Pump(int most, long deadline)
    {
        if (Interlocked.Exchange(ref _pumping, 1) != 0)
        {
            throw new InvalidOperationException("The loop is being pumped already: pump it from one thread, and not from a handler that runs on it.");
        }

        _hasRun = true;
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        _deadline = deadline;
        int ran = 0;
        try
        {
            while (ran < most && _queue.TryTake(out LoopItem item))
            {
                ran++;

                // Callers that are answered and call again could keep a lane going for ever.
                if (deadline == long.MaxValue) _deadline = _time.GetTimestamp() + _slice;
                _queue.Run(in item);
                if (deadline != long.MaxValue && ShouldYield) break;
            }

            return ran;
        }
        finally
        {
            _deadline = long.MaxValue;
            SynchronizationContext.SetSynchronizationContext(outer);
            Volatile.Write(ref _pumping, 0);
        }
    }
}
