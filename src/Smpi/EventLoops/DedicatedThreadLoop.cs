namespace Smpi;

/// <summary>An event loop on a thread of its own. Awaits in handlers come back to the thread.</summary>
/// <remarks>The thread is a background thread. Its queue is bounded by the number of lanes plus the handlers that await; a post allocates nothing.</remarks>
public sealed class DedicatedThreadLoop : IEventLoopBinding, IReportingLoop, IAsyncDisposable
{
    private readonly LoopQueue _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly TimeSlice _slice;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">The thread's name, for debuggers and messages.</param>
    /// <param name="timeProvider">The clock that says when a lane gives way to others; null for the system's.</param>
    public DedicatedThreadLoop(string name = "smpi loop", TimeProvider? timeProvider = null)
    {
        _slice = new TimeSlice(timeProvider ?? TimeProvider.System);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.UnsafeStart();
    }

    /// <summary>Whether the caller runs on this loop's thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>True when other work waits and the running lane had its 8 ms.</summary>
    public bool ShouldYield => _queue.Count > 0 && _slice.IsOver;

    /// <inheritdoc/>
    public void Post(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!_queue.TryAdd(new LoopItem(null, work)))
        {
            throw new ObjectDisposedException(
                nameof(DedicatedThreadLoop),
                $"The loop '{_thread.Name}' was disposed and takes no more work: dispose the channels that run on it first.");
        }
    }

    /// <summary>Takes no more work, runs what waits, and ends the thread.</summary>
    /// <remarks>Called on the loop's own thread, it returns at once and the thread ends later.</remarks>
    public ValueTask DisposeAsync()
    {
        _queue.Close();
        return IsCurrent ? default : new ValueTask(_ended.Task);
    }

    /// <summary>The thread's name.</summary>
    public override string ToString() => $"the loop '{_thread.Name}'";

    void IReportingLoop.ReportTo(ChannelDiagnostics diagnostics) => _queue.ReportTo(diagnostics);

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new LoopContext(_queue, this));
        while (_queue.WaitAndTake(out LoopItem item))
        {
            _slice.Start();
            _queue.Run(in item);
        }

        _ended.SetResult();
    }
}
