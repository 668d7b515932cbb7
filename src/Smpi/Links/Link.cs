using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>One connection of a channel and everything that lives and dies with it: open calls, lanes, credit.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Fail disposes everything, exactly once.")]
internal sealed class Link
{
    private static readonly HashSet<string> Local = new(StringComparer.Ordinal) { "memory", "stdio", "pipe", "unix", "ipc", "stream" };

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Heartbeat? _heartbeat;
    private IReadBatch? _batch;
    private int _failed;
    private int _running;

    public Link(ChannelBase owner, IConnection connection, CodecSet codecs, ChannelPlan plan)
    {
        Owner = owner;
        Connection = connection;
        Traits = connection.Info.Traits;
        Codecs = codecs;
        OwnLimits = plan.Limits;
        PeerLimits = connection.Info.Peer?.Limits ?? plan.Limits;
        Options = plan.Options;
        Time = plan.TimeProvider;
        Loop = plan.EventLoop;
        Watch = new LaneWatch(Tick);
        Outlet = new Outlet(connection, plan.Limits, error => Fail(AsClosed(error)));
        Completions = new Lane(plan.EventLoop, Outlet, Watch);
        Handlers = new Lane(plan.EventLoop, Outlet, Watch) { MayRun = IsLimited ? () => Volatile.Read(ref _running) < Options.Concurrency : null };
        Gate = new CallGate(PeerLimits.Calls, PeerLimits.InFlightSize);
        StreamGate = new CallGate(PeerLimits.Streams, long.MaxValue);
        EventCredit = new CreditGate(PeerLimits.StreamWindow, Traits.Credit);
        EventLedger = new CreditLedger(OwnLimits.StreamWindow, OwnLimits.MaxStreamWindow, null, Time);
        Windows = new WindowBudget(OwnLimits.ConnectionWindow);
        Inbound = new InboundTable(OwnLimits.Calls + OwnLimits.Streams, owner.ListenerOctets);
        Deadlines = new DeadlineTimer(Time, Expire);
        if (connection.Info.Hop is not null && !Local.Contains(connection.Info.Protocol) && OwnLimits.HeartbeatInterval > TimeSpan.Zero) _heartbeat = new Heartbeat(this);
    }

    public ChannelBase Owner { get; }

    public IConnection Connection { get; }

    public FormatTraits Traits { get; }

    public CodecSet Codecs { get; }

    public SmpiLimits OwnLimits { get; }

    public SmpiLimits PeerLimits { get; }

    public ChannelOptions Options { get; }

    public TimeProvider Time { get; }

    public IEventLoopBinding Loop { get; }

    public PoolSet Pools => Owner.Pools;

    public LaneWatch Watch { get; }

    public Outlet Outlet { get; }

    public Lane Completions { get; }

    public Lane Handlers { get; }

    public CallTable Calls { get; } = new();

    public CallGate Gate { get; }

    public CallGate StreamGate { get; }

    public CreditGate EventCredit { get; }

    public CreditLedger EventLedger { get; }

    public WindowBudget Windows { get; }

    public InboundTable Inbound { get; }

    public DeadlineTimer Deadlines { get; }

    /// <summary>When the batch came whose messages are being sorted, as a timestamp; for the reader alone.</summary>
    public long ReadAt { get; set; }

    /// <summary>Ends when the link has ended and all its calls have failed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why the link ended; while it lives, that it is closing.</summary>
    public ChannelClosedException Closed { get; private set; } = new(new CloseReason(ErrorCode.Closed, "The connection is closing.", ClosedBy.Local));

    // Whether fewer handlers may run than calls may be open: only then they are counted.
    private bool IsLimited => Options.Concurrency < OwnLimits.Calls;

    public bool IsAlive => Volatile.Read(ref _failed) == 0;

    /// <summary>Says that something collects what the reader brings; what another collected is handed over before.</summary>
    public void Begin(IReadBatch batch)
    {
        _batch?.Publish();
        _batch = batch;
    }

    /// <summary>Hands over what was collected; called by the reader.</summary>
    public void PublishBatch()
    {
        if (_batch is not { } batch) return;
        _batch = null;
        batch.Publish();
    }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        new LinkReader(this).Start();
        _heartbeat?.Start();
    }

    /// <summary>Ends everything, once: calls fail with the reason, handlers are cancelled, the connection is disposed.</summary>
    public void Fail(ChannelClosedException reason)
    {
        if (Interlocked.Exchange(ref _failed, 1) != 0) return;
        Closed = reason;
        Connection.Info.Closed ??= reason.Reason;
        Outlet.Close(reason);
        foreach ((OutgoingCall call, ulong id) in Calls.Snapshot(close: true)) call.Lost(id, reason);
        Completions.Kick();
        Gate.Fail(reason.ForCall(wasSent: false));
        StreamGate.Fail(reason.ForCall(wasSent: false));
        EventCredit.Close(reason.ForCall(wasSent: false));
        foreach ((InboundCall call, MessageId id) in Inbound.Snapshot()) call.Abort(id);
        Deadlines.Dispose();
        _heartbeat?.Dispose();
        Watch.Dispose();
        _ = DisposeConnectionAsync(reason);
    }

    public ChannelClosedException AsClosed(Exception error) => error as ChannelClosedException ?? new ChannelClosedException(
        Connection.Info.Closed ?? new CloseReason(ErrorCode.Unavailable, $"The connection to {Connection.Info.Remote} failed: {error.Message}", ClosedBy.Transport), error);

    /// <summary>The exception of a request that could not be written.</summary>
    public static Exception SendFailure(Exception error, string subject, Type type) => error switch
    {
        ChannelClosedException closed => closed.ForCall(wasSent: false),
        SmpiException or OperationCanceledException => error,
        _ => new EncodingException($"A {type.Name} for '{subject}' could not be encoded: {error.Message}", error),
    };

    public static ChannelClosedException LoopEnded(Exception error) =>
        new(new CloseReason(ErrorCode.Unavailable, "The event loop of the channel has ended and takes no more work.", ClosedBy.Local), error);

    /// <summary>Writes a message; false when the link has ended.</summary>
    public bool TryWrite(in Message message, IMessageBody? body = null, bool hold = false)
    {
        try
        {
            Outlet.Write(in message, body, hold);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public void SendCancel(ulong id)
    {
        if (Traits.Cancel && IsAlive) TryWrite(new Message { Kind = MessageKind.Cancel, Id = new MessageId(id) });
    }

    public void SendCredit(MessageId id, bool isReply, long octets) =>
        TryWrite(new Message { Kind = MessageKind.Credit, Id = id, IsReply = isReply, Amount = octets });

    /// <summary>Answers a request with a fault and, where one is given and can be encoded, its detail.</summary>
    public void ReplyFault(MessageId id, Fault fault, object? detail, bool hold = false)
    {
        var message = new Message { Kind = MessageKind.Error, Id = id, IsReply = true, Fault = fault };
        try
        {
            TryWrite(in message, detail is null || !Traits.FaultDetail ? null : new DetailBody(Codecs, detail), hold);
        }
        catch (Exception error) when (error is not ChannelClosedException)
        {
            TryWrite(in message, null, hold);
        }
    }

    /// <summary>An event's octets were consumed by every subscriber that holds its publisher back.</summary>
    public void EventConsumed(long octets)
    {
        if (!Traits.Credit || !IsAlive) return;
        long grant = EventLedger.Consume(Math.Max(octets, 1));
        if (grant > 0) SendCredit(default, isReply: false, grant);
    }

    public void HandlerStarted()
    {
        if (IsLimited) Interlocked.Increment(ref _running);
    }

    public void CallEnded(bool started)
    {
        if (started && IsLimited)
        {
            Interlocked.Decrement(ref _running);
            Handlers.Kick();
        }

        Owner.CallEnded();
    }

    public void HandlerFailed(string subject, Exception error) => Owner.Diagnostics.HandlerFailed(subject, error);

    private void Tick()
    {
        Outlet.Flush();
        Completions.CheckStalled();
        Handlers.CheckStalled();
    }

    private long Expire(long now)
    {
        long next = long.MaxValue;
        foreach ((OutgoingCall call, ulong id) in Calls.Snapshot())
        {
            if (call.Due <= now) call.Expire(id);
            else if (call.Id == id) next = Math.Min(next, call.Due);
        }

        foreach ((InboundCall call, MessageId id) in Inbound.Snapshot())
        {
            long due = call.Due;
            if (due <= now) call.Abort(id);
            else next = Math.Min(next, due);
        }

        return next;
    }

    private async Task DisposeConnectionAsync(ChannelClosedException reason)
    {
        try
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Owner.Diagnostics.HandlerFailed("dispose", error);
        }

        try
        {
            Owner.LinkEnded(this, reason);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }
}
