namespace Smpi;

/// <summary>The channel of the side that connects: the stable object above one connection after the other.</summary>
internal sealed class ConnectingChannel : ChannelBase
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Connector _connector;
    private TaskCompletionSource<Link> _attempt = NewSource();
    private TaskCompletionSource<Link> _connected = NewSource();
    private Task? _run;
    private Exception? _gaveUp;
    private CloseReason? _lastClose;
    private volatile Link? _link;
    private ChannelState _state;
    private int _generation;
    private Task? _disposal;

    public ConnectingChannel(ChannelPlan plan, Router router)
        : base(plan, router)
    {
        Traits.Check(router, plan.Format);
        _connector = new Connector(this, plan);
        SubscribeHandlers();
    }

    public override Link? CurrentLink => _link;

    public override ChannelStatus Status => Snapshot(_state, _generation, _lastClose);

    public override ValueTask ConnectAsync(CancellationToken cancellationToken = default) =>
        LoopReturn.Connected(this, WaitForLinkAsync(cancellationToken));

    public override async ValueTask<Link> LinkAsync(CallOptions options, Deadline deadline)
    {
        if (_link is { IsAlive: true } current) return current;
        Task<Link> attempt = AttemptAsync();
        if (!options.WaitForConnection)
        {
            Link link = await OfCallAsync(attempt, deadline.Token).ConfigureAwait(false);
            return link.IsAlive ? link : throw link.Closed.ForCall(wasSent: false);
        }

        while (true)
        {
            Task<Link> connected;
            lock (_gate) connected = _connected.Task;
            Link link = await OfCallAsync(connected, deadline.Token).ConfigureAwait(false);
            if (link.IsAlive) return link;
            await link.Ended.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
    }

    public override void LinkEnded(Link link, ChannelClosedException reason)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_link, link)) return;
            _link = null;
            _lastClose = reason.Reason;
            if (_disposal is not null || _gaveUp is not null) return;
            _attempt = NewSource();
            _connected = NewSource();
            Enter(ChannelState.Reconnecting);
        }
    }

    public override ValueTask DisposeAsync()
    {
        lock (_gate) _disposal ??= CloseAsync();
        return new ValueTask(_disposal);
    }

    internal void BeginAttempt()
    {
        lock (_gate)
        {
            if (_attempt.Task.IsCompleted) _attempt = NewSource();
            Enter(_generation == 0 ? ChannelState.Connecting : ChannelState.Reconnecting);
        }
    }

    internal void Publish(Link link)
    {
        TaskCompletionSource<Link> attempt;
        TaskCompletionSource<Link> connected;
        CloseReason? lost;
        lock (_gate)
        {
            _link = link;
            _generation++;
            Enter(_disposal is null ? ChannelState.Connected : ChannelState.Closed);
            attempt = _attempt;
            connected = _connected;
            lost = _generation > 1 ? _lastClose : null;
        }

        if (lost is not null) Events.Announce(new EventGap(null, $"The connection was away: {lost.Text}"));
        link.Start();
        attempt.TrySetResult(link);
        connected.TrySetResult(link);
    }

    internal void FailAttempt(Exception error)
    {
        TaskCompletionSource<Link> attempt;
        lock (_gate)
        {
            if (error is ChannelClosedException closed) _lastClose = closed.Reason;
            attempt = _attempt;
        }

        Observe(attempt.Task);
        attempt.TrySetException(error);
    }

    internal void GiveUp(Exception error)
    {
        lock (_gate)
        {
            _gaveUp ??= error;
            _link = null;
            Enter(ChannelState.Closed);
        }

        FailAttempt(error);
        Observe(_connected.Task);
        _connected.TrySetException(error);
        Events.Close();
    }

    private static TaskCompletionSource<Link> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A failed attempt that nobody waited for is no unobserved exception.
    private static void Observe(Task task) => _ = task.ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static async ValueTask<Link> OfCallAsync(Task<Link> task, CancellationToken ct)
    {
        try
        {
            return await task.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.ForCall(wasSent: false);
        }
    }

    private async ValueTask WaitForLinkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Link link = await AttemptAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (link.IsAlive) return;
            await link.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<Link> AttemptAsync()
    {
        lock (_gate)
        {
            if (_disposal is not null) return Task.FromException<Link>(Disposed());
            if (_gaveUp is null) _run ??= Task.Run(() => _connector.RunAsync(_stop.Token));
            else if (_attempt.Task is { IsCompleted: true, IsFaulted: false } or { IsCompleted: false }) return Task.FromException<Link>(_gaveUp);
            return _attempt.Task;
        }
    }

    private async Task CloseAsync()
    {
        // The caller holds the lock: the rest must not run inside it.
        await Task.Yield();
        await _stop.CancelAsync().ConfigureAwait(false);
        Link? link = _link;
        if (link is not null) await CloseLinkAsync(link, new CloseReason(ErrorCode.Closed, "The channel was disposed.", ClosedBy.Local)).ConfigureAwait(false);
        if (_run is not null) await _run.ConfigureAwait(false);

        // A connection that was made while the channel closed is closed as well.
        if (_link is { IsAlive: true } late) await CloseLinkAsync(late, new CloseReason(ErrorCode.Closed, "The channel was disposed.", ClosedBy.Local)).ConfigureAwait(false);
        lock (_gate)
        {
            _link = null;
            Enter(ChannelState.Closed);
            Observe(_attempt.Task);
            Observe(_connected.Task);
            _attempt.TrySetException(Disposed());
            _connected.TrySetException(Disposed());
        }

        Events.Close();
        if (Plan.EventLoop is IAsyncDisposable loop && Plan.OwnsEventLoop) await loop.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static ChannelClosedException Disposed() => new(new CloseReason(ErrorCode.Closed, "The channel was disposed.", ClosedBy.Local));

    private void Enter(ChannelState state)
    {
        if (_state == state) return;
        _state = state;
        if (Plan.Options.StateChanged is { } changed) ThreadPool.UnsafeQueueUserWorkItem(static call => call.changed(call.state), (changed, state), preferLocal: false);
    }
}
