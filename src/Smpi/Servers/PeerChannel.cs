namespace Smpi;

/// <summary>The channel to a peer that connected. It lives as long as its one connection.</summary>
internal sealed class PeerChannel : ChannelBase, ISmpiPeer
{
    private readonly IPeerOwner _server;
    private TaskCompletionSource? _cut;
    private volatile bool _isCut;
    private BroadcastQueue? _broadcasts;
    private CancellationTokenSource? _gone;
    private volatile bool _isGone;
    private TaskCompletionSource? _idle;
    private CloseReason? _lastClose;
    private Task? _disposal;

    public PeerChannel(long id, IConnection connection, CodecSet codecs, ChannelPlan plan, Router router, SharedOctets octets, IPeerOwner server)
        : base(plan, router)
    {
        Id = id;
        ListenerOctets = octets;
        _server = server;
        Link = new Link(this, connection, codecs, plan);
        SubscribeHandlers();
    }

    public long Id { get; }

    public Link Link { get; }

    public BroadcastQueue Broadcasts => _broadcasts ?? Interlocked.CompareExchange(ref _broadcasts, new BroadcastQueue(this), null) ?? _broadcasts;

    public ConnectionInfo Connection => Link.Connection.Info;

    public CancellationToken Gone
    {
        get
        {
            CancellationTokenSource gone = _gone ?? Interlocked.CompareExchange(ref _gone, new CancellationTokenSource(), null) ?? _gone;
            if (_isGone) UserCode.Cancel(gone, Diagnostics, nameof(Gone));
            return gone.Token;
        }
    }

    /// <summary>The names of the groups it is in; guarded by their server.</summary>
    public HashSet<string>? Groups { get; set; }

    /// <summary>Whether <see cref="Gone"/> has fired.</summary>
    public bool IsGone => _isGone;

    public override SharedOctets ListenerOctets { get; }

    public long DroppedEvents => _broadcasts?.Dropped ?? 0;

    public override Link? CurrentLink => Link;

    public override ChannelStatus Status => Snapshot(Link.IsAlive ? ChannelState.Connected : ChannelState.Closed, 1, _lastClose);

    public override ValueTask ConnectAsync(CancellationToken cancellationToken = default) =>
        Link.IsAlive ? default : ValueTask.FromException(Link.Closed.ForCall(wasSent: false));

    public override ValueTask<Link> LinkAsync(CallOptions options, Deadline deadline) =>
        Link.IsAlive ? new ValueTask<Link>(Link) : ValueTask.FromException<Link>(Link.Closed.ForCall(wasSent: false));

    /// <summary>Starts its handlers behind those of the connection that the same channel had before; called before the link starts.</summary>
    public void Follow(PeerChannel before)
    {
        if (before.Link.Ended.IsCompleted) return;
        Link.Handlers.Hold();
        _ = Link.End.ReleaseAfterAsync(before.Link);
    }

    public override async ValueTask LinkEndedAsync(Link link, ChannelClosedException reason)
    {
        _lastClose = reason.Reason;
        _idle?.TrySetResult();
        _server.Leaving(this);
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _cut, cut);
        if (_isCut) cut.TrySetResult();
        await Events.FinishAsync(null, cut.Task).ConfigureAwait(false);
        _isGone = true;
        Interlocked.MemoryBarrier();
        _server.Left(this);
        if (_gone is { } gone) UserCode.Cancel(gone, Diagnostics, nameof(Gone));
    }

    public override ValueTask DisposeAsync()
    {
        Cut();
        return CloseAsync(new CloseReason(ErrorCode.Closed, "The server closed the connection.", ClosedBy.Local));
    }

    /// <summary>Refuses new calls, waits for those that run, and closes.</summary>
    public async ValueTask DrainAsync(CancellationToken ct)
    {
        _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IsDraining = true;
        Interlocked.MemoryBarrier();
        try
        {
            if (!IsIdle && Link.IsAlive) await _idle.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Diagnostics.Report(nameof(DrainAsync), new TimeoutException(
                $"Calls of {Connection.Remote} had not ended when the drain did, and were cut off: {string.Join(", ", Link.Subjects())}. "
                + "A handler that drains its own server passes its own token to DrainAsync, or does not await it."));
        }

        using CancellationTokenRegistration limit = ct.UnsafeRegister(static peer => ((PeerChannel)peer!).Cut(), this);
        await CloseAsync(new CloseReason(ErrorCode.Closed, "The server is shutting down.", ClosedBy.Local)).ConfigureAwait(false);
    }

    protected override void BecameIdle() => _idle?.TrySetResult();

    // Events that wait are not handled any more.
    private void Cut()
    {
        _isCut = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _cut)?.TrySetResult();
    }

    private ValueTask CloseAsync(CloseReason reason)
    {
        Task? running = Volatile.Read(ref _disposal);
        if (running is null)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running = Interlocked.CompareExchange(ref _disposal, source.Task, null);
            if (running is null) return FinishAsync(reason, source);
        }

        return new ValueTask(running);
    }

    private async ValueTask FinishAsync(CloseReason reason, TaskCompletionSource done)
    {
        await CloseLinkAsync(Link, reason).ConfigureAwait(false);
        done.TrySetResult();
    }
}
