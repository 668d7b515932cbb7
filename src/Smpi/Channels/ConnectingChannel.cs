namespace Smpi;

/// <summary>The channel of the side that connects: the stable object above one connection after the other.</summary>
internal sealed class ConnectingChannel : ChannelBase
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _disposing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connector _connector;
    private TaskCompletionSource<Link> _attempt = NewSource();
    private TaskCompletionSource<Link> _connected = NewSource();
    private Task? _run;
    private Exception? _gaveUp;
    private CloseReason? _lastClose;
    private CloseReason? _lastFailure;
    private CancellationTokenSource? _wait;
    private CancellationTokenSource? _standing;
    private Task _quiet = Task.CompletedTask;
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

    public override ChannelStatus Status => Snapshot(_state, _generation, _lastClose) with { LastFailure = _lastFailure };

    public override ValueTask ConnectAsync(CancellationToken cancellationToken = default) =>
        LoopReturn.Connected(this, WaitForLinkAsync(cancellationToken));

    public override async ValueTask<Link> LinkAsync(CallOptions options, Deadline deadline)
    {
        if (_link is { IsAlive: true } current) return current;
        Task<Link> attempt = AttemptAsync(now: false);
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

    public override ValueTask LinkEndedAsync(Link link, ChannelClosedException reason)
    {
        CancellationTokenSource? standing;
        lock (_gate)
        {
            if (!ReferenceEquals(_link, link)) return default;
            _link = null;
            _lastClose = reason.Reason;
            _quiet = link.Handlers.WhenQuiet();
            (standing, _standing) = (_standing, null);
            if (_disposal is null && _gaveUp is null)
            {
                _attempt = NewSource();
                _connected = NewSource();
                Enter(ChannelState.Reconnecting);
            }
        }

        if (standing is not null) Observe(standing.CancelAsync());
        return default;
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

    /// <summary>Names what ends the wait before the next attempt; null when the wait is over.</summary>
    internal void Waits(CancellationTokenSource? wait)
    {
        lock (_gate) _wait = wait;
    }

    internal void Publish(Link link)
    {
        TaskCompletionSource<Link> attempt;
        TaskCompletionSource<Link> connected;
        CloseReason? lost;
        var standing = Plan.Options.Connected is null ? null : new CancellationTokenSource();
        lock (_gate)
        {
            _link = link;
            _generation++;
            _lastFailure = null;
            _standing = standing;
            Enter(_disposal is null ? ChannelState.Connected : ChannelState.Closed);
            attempt = _attempt;
            connected = _connected;
            lost = _generation > 1 ? _lastClose : null;
        }

        if (lost is not null) Follow(link, lost);
        link.Start();
        attempt.TrySetResult(link);
        connected.TrySetResult(link);
        if (standing is not null) _ = TellConnectedAsync(standing.Token);
    }

    internal void FailAttempt(Exception error)
    {
        lock (_gate)
        {
            _lastFailure = error is ChannelClosedException closed
                ? closed.Reason
                : new CloseReason((error as SmpiException)?.Code ?? ErrorCode.Unavailable, error.Message, ClosedBy.Local);
        }

        FailWaiting(error);
    }

    /// <summary>Fails calls that wait for this attempt and no longer.</summary>
    internal void FailWaiting(Exception error)
    {
        TaskCompletionSource<Link> attempt;
        lock (_gate) attempt = _attempt;
        Observe(attempt.Task);
        attempt.TrySetException(error);
    }

    /// <summary>Closes the channel for good: an attempt failed that is the last one, or a connection was lost and there is no other.</summary>
    internal void GiveUp(Exception error, bool isLoss)
    {
        lock (_gate)
        {
            _gaveUp ??= error;
            _link = null;
            Enter(ChannelState.Closed);
        }

        // Whoever waits finds the channel closed.
        if (isLoss) FailWaiting(error);
        else FailAttempt(error);
        Observe(_connected.Task);
        _connected.TrySetException(error);
        _ = Events.FinishAsync(error, _disposing.Task).AsTask();
    }

    // What came by the old connection starts before what comes by the new one, and the gap is between them. Calls of this side do not wait.
    private void Follow(Link link, CloseReason lost)
    {
        Task quiet = _quiet;
        bool isHeld = !quiet.IsCompleted;
        if (isHeld) link.Handlers.Hold();
        Events.Announce(link, new EventGap(null, $"The connection was away: {lost.Text}"), isNewLink: true);
        if (isHeld) _ = link.End.ReleaseAfterAsync(quiet);
    }

    private async Task TellConnectedAsync(CancellationToken standing)
    {
        // Neither the connector nor who waits for the connection waits for it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Plan.Options.Connected!(this, standing).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (standing.IsCancellationRequested)
        {
            // The connection was lost, and the next one calls again.
        }
        catch (Exception error)
        {
            Diagnostics.Report("OnConnected", error);
        }
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
            Link link = await AttemptAsync(now: true).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (link.IsAlive) return;
            await link.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<Link> AttemptAsync(bool now)
    {
        lock (_gate)
        {
            if (_disposal is not null) return Task.FromException<Link>(Disposed());
            if (_gaveUp is null) _run ??= Task.Run(() => _connector.RunAsync(_stop.Token));
            else if (_attempt.Task is { IsCompleted: true, IsFaulted: false } or { IsCompleted: false }) return Task.FromException<Link>(_gaveUp);
            if (now && _wait is not null)
            {
                // The wait between two attempts ends, and the caller gets the attempt that follows.
                Observe(_wait.CancelAsync());
                _wait = null;
                if (_attempt.Task.IsCompleted) _attempt = NewSource();
            }

            return _attempt.Task;
        }
    }

    private async Task CloseAsync()
    {
        // The caller holds the lock: the rest must not run inside it.
        await Task.Yield();
        _disposing.TrySetResult();
        await UserCode.CancelAsync(_stop, Diagnostics, nameof(ConnectAsync)).ConfigureAwait(false);
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
        if (Plan.EventLoop is IAsyncDisposable loop && Plan.OwnsEventLoop)
        {
            await UserCode.DisposeAsync(loop, Diagnostics, LoopFailures.Name).ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static ChannelClosedException Disposed() => new(new CloseReason(ErrorCode.Closed, "The channel was disposed.", ClosedBy.Local));

    private void Enter(ChannelState state)
    {
        if (_state == state) return;
        _state = state;
        UserCode.Post(Diagnostics, nameof(ChannelOptions.StateChanged), Plan.Options.StateChanged, state);
    }
}
