namespace Smpi;

/// <summary>Work that starts in order on an event loop: the handlers of a peer, its completions, or a subscription with a loop of its own.</summary>
/// <remarks>
/// One drainer runs at a time, with at most one post outstanding. A drainer that is stuck in user code is noticed by <see cref="CheckStalled"/>, which posts
/// another one: what waits behind it starts then, still in order. The queue is bounded by what feeds it: call limits, credit, and the capacity of subscriptions.
/// </remarks>
internal sealed class Lane(IEventLoopBinding loop, Outlet? outlet, WatchedLanes? watch, ChannelDiagnostics diagnostics)
    : IThreadPoolWorkItem
{
    private const int MaxDrainers = 256;

    // Ticks after which a drainer that stands still counts as stuck in user code, where nothing waits behind it.
    private const int StuckTicks = 20;

    private readonly IEventLoopBinding _loop = Reporting(loop, diagnostics);
    private Gate _gate;
    private LaneItem? _head;
    private LaneItem? _tail;

    // What the reader adds, in a chain of its own until it has the whole batch.
    private LaneItem? _batchHead;
    private LaneItem? _batchTail;
    private int _drainers;
    private int _posted;
    private long _taken;
    private long _seen;
    private bool _held;
    private bool _heldBack;
    private TaskCompletionSource? _quiet;
    private int _stood;

    /// <summary>Asked before an item is taken; false holds the lane until the next <see cref="Kick"/>. It reads a number and does no more.</summary>
    public Func<bool>? MayRun { get; init; }

    /// <summary>Whether no item is taken until this is false again and the lane is kicked.</summary>
    public bool Held
    {
        get => Volatile.Read(ref _held);
        set => Volatile.Write(ref _held, value);
    }

    /// <summary>Whether the lane may also run on a pool thread that happens to be free.</summary>
    public bool IsOnPool => _loop is ThreadPoolLoop;

    /// <summary>Whether a kick runs the lane.</summary>
    public bool IsInline => _loop is InlineLoop;

    // Whether an item may be taken; inside the gate.
    private bool IsReady => _head is { IsPending: false } && !_held && MayRun?.Invoke() != false;

    /// <summary>Keeps everything that is added waiting until <see cref="Release"/>; called once, before anything is added.</summary>
    /// <remarks>It counts as a drainer whose post is outstanding: nobody else drains, and the watch does not take it for a stuck one.</remarks>
    public void Hold()
    {
        _heldBack = true;
        _drainers = _posted = 1;
    }

    /// <summary>Lets run what waited since <see cref="Hold"/>.</summary>
    public void Release()
    {
        Volatile.Write(ref _heldBack, false);
        Post();
    }

    /// <summary>Ends when everything that was added has started; nothing more is added.</summary>
    /// <remarks>A drainer that stands still for a while counts as one whose item has started.</remarks>
    public Task WhenQuiet()
    {
        _gate.Enter();
        bool isQuiet = _head is null && _drainers == 0;
        if (!isQuiet) _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task quiet = isQuiet ? Task.CompletedTask : _quiet!.Task;
        _gate.Exit();

        // The watch may have gone to sleep while the last item has its drainer still.
        if (!quiet.IsCompleted) watch?.Touch();
        return quiet;
    }

    /// <summary>Adds an item to the batch of the reader, which alone may call this; <see cref="Publish"/> ends the batch.</summary>
    public void Add(LaneItem item)
    {
        if (_batchTail is null) _batchHead = item;
        else _batchTail.NextInLane = item;
        _batchTail = item;
    }

    /// <summary>Has an item that the reader added last run once more; false when it is not the last of the batch. Called by the reader alone.</summary>
    public bool TryRepeat(LaneItem? item)
    {
        if (item is null || !ReferenceEquals(_batchTail, item)) return false;
        item.Repeats++;
        return true;
    }

    /// <summary>Hands the batch of the reader over; called by the reader, before it kicks or claims.</summary>
    public void Publish()
    {
        if (_batchHead is not { } head) return;
        LaneItem tail = _batchTail!;
        _batchHead = _batchTail = null;
        Append(head, tail);
    }

    /// <summary>Adds an item and makes sure that it runs; from any thread.</summary>
    public void Send(LaneItem item)
    {
        Append(item, item);
        Kick();
    }

    /// <summary>Posts the lane unless it is empty or being drained.</summary>
    public void Kick()
    {
        if (!Claim()) return;

        // A post to the inline loop may wait on a thread that gets stuck before it runs.
        if (IsInline) watch?.Touch();
        Post();
    }

    /// <summary>Becomes the drainer, to call <see cref="Execute"/> next.</summary>
    public bool Claim()
    {
        _gate.Enter();
        bool waits = IsReady;
        bool free = waits && _drainers == 0;
        if (free)
        {
            _drainers++;
            _posted++;
        }

        _gate.Exit();

        // The drainer may be stuck for so long already that the watch has gone to sleep.
        if (waits && !free) watch?.Touch();
        return free;
    }

    public void Execute()
    {
        watch?.Touch();
        bool corked = outlet?.Cork() ?? false;
        _gate.Enter();
        if (_posted > 0) _posted--;
        _gate.Exit();
        bool drained = false;
        while (!drained)
        {
            try
            {
                Drain();
                drained = true;
            }
            catch (Exception error)
            {
                // A continuation that somebody hung on a call, or the loop's own property: what waits behind it belongs to others.
                diagnostics.Report(LoopFailures.Name, error);
            }
        }

        if (corked) outlet!.Uncork();
    }

    /// <summary>Posts a further drainer when nothing was taken since the last call though something waits.</summary>
    public void CheckStalled()
    {
        _gate.Enter();

        // A post to the inline loop may wait on the very thread that is stuck; to another loop, it is the loop that is late.
        bool stands = _taken == _seen && (_posted == 0 || (IsInline && !_heldBack));
        bool stalled = stands && _drainers is > 0 and < MaxDrainers && IsReady;
        _stood = stands && _head is null ? _stood + 1 : 0;
        TaskCompletionSource? quiet = _quiet;
        bool isStuck = _stood >= StuckTicks;
        _seen = _taken;
        if (stalled)
        {
            _drainers++;
            _posted++;
        }

        _gate.Exit();
        if (isStuck) quiet?.TrySetResult();
        else if (quiet is { Task.IsCompleted: false }) watch?.Touch();

        // An inline loop runs user code in a post, which would hold up whoever looks after all the lanes.
        if (stalled) ThreadPool.UnsafeQueueUserWorkItem(static lane => lane.Post(), this, preferLocal: false);
    }

    private static IEventLoopBinding Reporting(IEventLoopBinding loop, ChannelDiagnostics diagnostics)
    {
        if (loop is IReportingLoop reporting) reporting.ReportTo(diagnostics);
        return loop;
    }

    private void Drain()
    {
        while (Take(out bool repeats) is { } item)
        {
            if (repeats) item.Repeat(refused: false);
            else item.Run();
            if (!_loop.ShouldYield || !TryPostAgain()) continue;
            Post();
            break;
        }
    }

    private void Append(LaneItem head, LaneItem tail)
    {
        _gate.Enter();
        LaneItem? joined = _tail?.TryJoin(head) == true ? head : null;
        LaneItem? next = joined is null ? head : joined.NextInLane;
        if (_tail is null) _head = next;
        else if (next is not null) _tail.NextInLane = next;
        if (next is not null) _tail = tail;
        _gate.Exit();
        if (joined is null) return;
        joined.NextInLane = null;
        joined.Joined();
    }

    private bool TryPostAgain()
    {
        _gate.Enter();
        bool waits = IsReady;
        if (waits) _posted++;
        _gate.Exit();
        return waits;
    }

    /// <summary>Takes the next item.</summary>
    /// <param name="repeats">Whether it stays in the lane and runs again.</param>
    private LaneItem? Take(out bool repeats)
    {
        repeats = false;
        _gate.Enter();
        LaneItem? item = IsReady ? _head : null;
        if (item is null)
        {
            _drainers--;
            if (_quiet is not null && _drainers == 0 && _head is null) _quiet.TrySetResult();
        }
        else if (item.Repeats > 0)
        {
            item.Repeats--;
            repeats = true;
            _taken++;
        }
        else
        {
            _head = item.NextInLane;
            if (_head is null) _tail = null;
            item.NextInLane = null;
            _taken++;
        }

        _gate.Exit();
        return item;
    }

    private void Post()
    {
        try
        {
            _loop.Post(this);
        }
        catch (Exception error)
        {
            if (LoopFailures.IsUnexpected(error)) diagnostics.Report(LoopFailures.Name, error);
            _gate.Enter();

            // A loop that ran the lane before it threw has used the post up already.
            bool unused = _posted > 0;
            if (unused) _posted--;
            _held = false;
            _gate.Exit();
            if (unused) RefuseAll(LoopFailures.Ended(error));
        }
    }

    private void RefuseAll(ObjectDisposedException reason)
    {
        while (Take(out bool repeats) is { } item)
        {
            try
            {
                if (repeats) item.Repeat(refused: true);
                else item.Refuse(reason);
            }
            catch (Exception error)
            {
                diagnostics.Report(LoopFailures.Name, error);
            }
        }
    }
}
