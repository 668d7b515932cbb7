namespace Smpi;

/// <summary>The channel to a peer that connected. It lives as long as its one connection.</summary>
internal sealed class PeerChannel : ChannelBase, ISmpiPeer
{
    private readonly Action<PeerChannel> _left;
    private BroadcastQueue? _broadcasts;
    private CancellationTokenSource? _gone;
    private volatile bool _isGone;
    private TaskCompletionSource? _idle;
    private CloseReason? _lastClose;
    private Task? _disposal;

    public PeerChannel(long id, IConnection connection, CodecSet codecs, ChannelPlan plan, Router router, SharedOctets octets, Action<PeerChannel> left)
        : base(plan, router)
    {
        Id = id;
        ListenerOctets = octets;
        _left = left;
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

    public override void LinkEnded(Link link, ChannelClosedException reason)
    {
        _lastClose = reason.Reason;
        _left(this);
        Events.Close();
        _isGone = true;
        Interlocked.MemoryBarrier();
        if (_gone is { } gone) UserCode.Cancel(gone, Diagnostics, nameof(Gone));
        _idle?.TrySetResult();
    }

    public override ValueTask DisposeAsync() => CloseAsync(new CloseReason(ErrorCode.Closed, "The server closed the connection.", ClosedBy.Local));

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
            // The time is over: what still runs is cut off.
        }

        await CloseAsync(new CloseReason(ErrorCode.Closed, "The server is shutting down.", ClosedBy.Local)).ConfigureAwait(false);
    }

    protected override void BecameIdle() => _idle?.TrySetResult();

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
