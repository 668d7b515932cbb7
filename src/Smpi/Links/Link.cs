using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>One connection of a channel and everything that lives and dies with it: open calls, lanes, credit.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Fail disposes everything, exactly once.")]
internal sealed class Link : WatchedLanes
{
    private static readonly HashSet<string> Local = new(StringComparer.Ordinal) { "memory", "stdio", "pipe", "unix", "ipc", "stream" };

    private readonly Heartbeat? _heartbeat;
    private readonly LinkReader _reader;
    private IReadBatch? _batch;
    private TaskCompletionSource? _ended;
    private SharedGate? _callsGate;
    private CallTable? _calls;
    private InboundTable? _inbound;
    private CallGate? _gate;
    private CallGate? _streamGate;
    private CreditGate? _eventCredit;
    private CreditLedger? _eventLedger;
    private WindowBudget? _windows;
    private PumpSet? _pumps;
    private ChannelClosedException? _closed;
    private volatile bool _hasEnded;
    private int _failed;
    private int _running;

    public Link(ChannelBase owner, IConnection connection, CodecSet codecs, ChannelPlan plan)
        : base(plan.Watch)
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
        Outlet = new Outlet(this, connection, plan.Limits);
        Completions = new Lane(plan.EventLoop, Outlet, this);
        Handlers = new Lane(plan.EventLoop, Outlet, this) { MayRun = IsLimited ? () => Volatile.Read(ref _running) < Options.Concurrency : null };
        Deadlines = new DeadlineTimer(this);
        _reader = new LinkReader(this);
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

    public Outlet Outlet { get; }

    public Lane Completions { get; }

    public Lane Handlers { get; }

    // A resting connection costs what it holds, and few use everything (most peers of a server are never called, most clients never call back): these are made at first use.
    public CallTable Calls => _calls ?? Made(ref _calls, new CallTable(CallsGate));

    public InboundTable Inbound => _inbound ?? Made(ref _inbound, new InboundTable(OwnLimits.Calls + OwnLimits.Streams, Owner.ListenerOctets));

    public CallGate Gate => _gate ?? Made(ref _gate, new CallGate(PeerLimits.Calls, PeerLimits.InFlightSize, CallsGate));

    public CallGate StreamGate => _streamGate ?? Made(ref _streamGate, new CallGate(PeerLimits.Streams, long.MaxValue, CallsGate));

    public CreditGate EventCredit => _eventCredit ?? Opened(Made(ref _eventCredit, new CreditGate(PeerLimits.StreamWindow, Traits.Credit)));

    public WindowBudget Windows => _windows ?? Made(ref _windows, new WindowBudget(OwnLimits.ConnectionWindow));

    public PumpSet Pumps => _pumps ?? Made(ref _pumps, new PumpSet(Outlet));

    /// <summary>Whether consumers may decode items themselves: a loop of the application is not to be busy with that.</summary>
    public bool DecodesLate => Completions.IsOnPool || Completions.IsInline;

    public DeadlineTimer Deadlines { get; }

    /// <summary>When the batch came whose messages are being sorted, as a timestamp; for the reader alone.</summary>
    public long ReadAt { get; set; }

    public int OpenCalls => Volatile.Read(ref _calls)?.Count ?? 0;

    /// <summary>Ends when the link has ended and all its calls have failed.</summary>
    public Task Ended
    {
        get
        {
            TaskCompletionSource ended = _ended ?? Made(ref _ended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_hasEnded) ended.TrySetResult();
            return ended.Task;
        }
    }

    /// <summary>Why the link ended; while it lives, that it is closing.</summary>
    public ChannelClosedException Closed => Volatile.Read(ref _closed) ?? new ChannelClosedException(new CloseReason(ErrorCode.Closed, "The connection is closing.", ClosedBy.Local));

    private CreditLedger EventLedger => _eventLedger ?? Made(ref _eventLedger, new CreditLedger(OwnLimits.StreamWindow, OwnLimits.MaxStreamWindow, null, Time));

    private SharedGate CallsGate => _callsGate ?? Made(ref _callsGate, new SharedGate());

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
        _reader.Start();
        _heartbeat?.Start();
    }

    /// <summary>Ends everything, once: calls fail with the reason, handlers are cancelled, the connection is disposed.</summary>
    public void Fail(ChannelClosedException reason)
    {
        if (Interlocked.Exchange(ref _failed, 1) != 0) return;
        Volatile.Write(ref _closed, reason);
        Connection.Info.Closed ??= reason.Reason;
        Outlet.Close(reason);
        foreach ((OutgoingCall call, ulong id) in Calls.Snapshot(close: true)) call.Lost(id, reason);
        Completions.Kick();
        Volatile.Read(ref _gate)?.Fail(reason.ForCall(wasSent: false));
        Volatile.Read(ref _streamGate)?.Fail(reason.ForCall(wasSent: false));
        Volatile.Read(ref _eventCredit)?.Close(reason.ForCall(wasSent: false));
        foreach ((_, MessageId id) in Volatile.Read(ref _inbound)?.Snapshot() ?? []) Inbound.Abort(id);
        Deadlines.Dispose();
        _heartbeat?.Dispose();
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

    private static T Made<T>(ref T? field, T made)
        where T : class => Interlocked.CompareExchange(ref field, made, null) ?? made;

    // A gate that is made while the link fails may have been missed.
    private CreditGate Opened(CreditGate gate)
    {
        if (Volatile.Read(ref _closed) is { } reason) gate.Close(reason.ForCall(wasSent: false));
        return gate;
    }

    protected override void Check()
    {
        Volatile.Read(ref _pumps)?.HandOverElsewhere();
        Outlet.FlushElsewhere();
        _reader.CheckStalled();
        Completions.CheckStalled();
        Handlers.CheckStalled();
    }

    /// <summary>Ends the calls that are due; called by the timer.</summary>
    /// <returns>When the next one is; <see cref="long.MaxValue"/> for none.</returns>
    public long Expire(long now)
    {
        long next = long.MaxValue;
        foreach ((OutgoingCall call, ulong id) in Volatile.Read(ref _calls)?.Snapshot() ?? [])
        {
            if (call.Due <= now) call.Expire(id);
            else if (call.Id == id) next = Math.Min(next, call.Due);
        }

        foreach ((InboundCall call, MessageId id) in Volatile.Read(ref _inbound)?.Snapshot() ?? [])
        {
            long due = call.Due;
            if (due <= now) Inbound.Abort(id);
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
            _hasEnded = true;
            Interlocked.MemoryBarrier();
            _ended?.TrySetResult();
        }
    }
}
