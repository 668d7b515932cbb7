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
    private LinkEnd? _end;
    private SharedGate? _callsGate;
    private CallTable? _calls;
    private InboundTable? _inbound;
    private CallGate? _gate;
    private CallGate? _streamGate;
    private PumpSet? _pumps;
    private AnswerQueue? _answers;
    private ChannelClosedException? _closed;
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
        Completions = new Lane(plan.EventLoop, Outlet, this, owner.Diagnostics);
        Handlers = new Lane(plan.EventLoop, Outlet, this, owner.Diagnostics) { MayRun = IsLimited ? () => Volatile.Read(ref _running) < Options.Concurrency : null };
        Deadlines = new DeadlineTimer(this);
        Flow = new FlowControl(this);
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
    public CallTable Calls => _calls ?? Once.Made(ref _calls, new CallTable(CallsGate));

    public InboundTable Inbound => _inbound ?? Once.Made(ref _inbound, new InboundTable(OwnLimits.Calls + OwnLimits.Streams, Owner.ListenerOctets));

    public CallGate Gate => _gate ?? Once.Made(ref _gate, new CallGate(PeerLimits.Calls, PeerLimits.InFlightSize, CallsGate));

    public CallGate StreamGate => _streamGate ?? Once.Made(ref _streamGate, new CallGate(PeerLimits.Streams, long.MaxValue, CallsGate));

    public AnswerQueue Answers => _answers ?? Opened(Once.Made(ref _answers, new AnswerQueue(Outlet)));

    public PumpSet Pumps => _pumps ?? Once.Made(ref _pumps, new PumpSet(Outlet));

    /// <summary>Whether consumers may decode items themselves: a loop of the application is not to be busy with that.</summary>
    public bool DecodesLate => Completions.IsOnPool || Completions.IsInline;

    public DeadlineTimer Deadlines { get; }

    public FlowControl Flow { get; }

    /// <summary>When the batch came whose messages are being sorted, as a timestamp; for the reader alone.</summary>
    public long ReadAt { get; set; }

    public int OpenCalls => Volatile.Read(ref _calls)?.Count ?? 0;

    /// <summary>Ends when the link has ended, all its calls have failed, and its channel was told.</summary>
    public Task Ended => End.Ended;

    /// <summary>What is left to do when the link has failed.</summary>
    public LinkEnd End => _end ?? Once.Made(ref _end, new LinkEnd(this));

    /// <summary>Why the link ended; while it lives, that it is closing.</summary>
    public ChannelClosedException Closed => Volatile.Read(ref _closed) ?? new ChannelClosedException(new CloseReason(ErrorCode.Closed, "The connection is closing.", ClosedBy.Local));

    private SharedGate CallsGate => _callsGate ?? Once.Made(ref _callsGate, new SharedGate());

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
        if (!End.Begin(_reader)) return;
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
        Flow.Close(reason.ForCall(wasSent: false));
        foreach ((_, MessageId id) in Volatile.Read(ref _inbound)?.Snapshot() ?? []) Inbound.Abort(id);
        Volatile.Read(ref _answers)?.Close();
        Deadlines.Dispose();
        _heartbeat?.Dispose();
        _ = End.RunAsync(reason);
    }

    /// <summary>A send has failed: nothing more is written, and what has come is read first.</summary>
    public void SendFailed(ChannelClosedException reason)
    {
        Outlet.Close(reason);
        _ = End.FailAfterReadingAsync(reason);
    }

    public ChannelClosedException AsClosed(Exception error) => error as ChannelClosedException ?? new ChannelClosedException(
        Connection.Info.Closed ?? new CloseReason(ErrorCode.Unavailable, $"The connection to {Connection.Info.Remote} failed: {error.Message}", ClosedBy.Transport), error);

    /// <summary>Writes a message; false when the link has ended.</summary>
    public bool TryWrite(in Message message, IMessageBody? body = null, bool hold = false)
    {
        try
        {
            Outlet.Write(in message, body, hold);
            return true;
        }
        catch (Exception error) when (body is null || error is ChannelClosedException)
        {
            // Without a body only the connection can have thrown, and nobody above a timer or a callback would catch it.
            if (error is not ChannelClosedException) Fail(AsClosed(error));
            return false;
        }
    }

    public void SendCancel(ulong id)
    {
        if (Traits.Cancel && IsAlive) TryWrite(new Message { Kind = MessageKind.Cancel, Id = new MessageId(id) });
    }

    /// <summary>The exception of a link that ends because its peer asks for more than it takes.</summary>
    /// <param name="what">What the peer does.</param>
    public ChannelClosedException TooBusy(string what) =>
        new(new CloseReason(ErrorCode.EnhanceYourCalm, $"{Connection.Info.Remote} {what}.", ClosedBy.Local));

    /// <summary>What was sent has been taken: handlers start again, and answers that waited are sent.</summary>
    public void RoomCame()
    {
        Handlers.Kick();
        Volatile.Read(ref _answers)?.Resume();
    }

    /// <summary>Answers a request with a fault and, where one is given and can be encoded, its detail.</summary>
    public void ReplyFault(MessageId id, Fault fault, object? detail, bool hold = false)
    {
        var message = new Message { Kind = MessageKind.Error, Id = id, IsReply = true, Fault = fault };
        try
        {
            TryWrite(in message, detail is null || !Traits.FaultDetail ? null : new DetailBody(Codecs, detail), hold);
        }
        catch (Exception error)
        {
            Report(message.Fault.Code.Name, error);
            TryWrite(in message, null, hold);
        }
    }

    /// <summary>Runs a call as work of its own on the event loop.</summary>
    public void Post(InboundCall call)
    {
        try
        {
            Loop.Post(call);
        }
        catch (Exception error)
        {
            if (LoopFailures.IsUnexpected(error)) Report(LoopFailures.Name, error);
            call.Refuse(LoopFailures.Ended(error));
        }
    }

    public void HandlerStarted()
    {
        if (IsLimited) Interlocked.Increment(ref _running);
    }

    public void CallEnded(bool started, bool counts)
    {
        if (started && IsLimited)
        {
            Interlocked.Decrement(ref _running);
            Handlers.Kick();
        }

        if (counts) Owner.CallEnded();
    }

    /// <summary>Counts the call as ended whose handler has the token; false when it is of no open call.</summary>
    public bool TryForgive(CancellationToken token)
    {
        if (Volatile.Read(ref _inbound)?.TryForgive(token) != true) return false;
        Owner.CallEnded();
        return true;
    }

    /// <summary>What the open calls of the peer are about, for people.</summary>
    public IEnumerable<string> Subjects() =>
        (Volatile.Read(ref _inbound)?.Snapshot() ?? []).Select(open => $"'{open.Call.Subject}'").Distinct().Order(StringComparer.Ordinal).Take(10);

    public void Report(string name, Exception error) => Owner.Diagnostics.Report(name, error);

    // A queue that is made while the link fails may have been missed.
    private AnswerQueue Opened(AnswerQueue answers)
    {
        if (!IsAlive) answers.Close();
        return answers;
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
}
