using System.Buffers;
using System.Diagnostics;

namespace Smpi;

/// <summary>A call of the peer. Its object is free only when the handler has ended and the reply was sent or dropped.</summary>
internal abstract class InboundCall : LaneItem, IMessageBody, IValueBody, IThreadPoolWorkItem
{
    private CancellationTokenSource? _source;
    private CallContext? _context;
    private Gate _gate;
    private bool _aborted;
    private Activity? _activity;
    private bool _started;
    private bool _forgiven;

    // The answer while it waits for room; see AnswerQueue.
    private MessageKind _answer;
    private bool _hasBody;
    private Fault? _fault;
    private object? _detail;

    // A body that is decoded elsewhere, and what its decoding failed with.
    private PooledBody? _late;
    private Fault? _unreadable;

    public Link Link { get; private set; } = null!;

    public MessageId Id { get; private set; }

    public string Subject { get; private set; } = "";

    public Headers? Headers { get; private set; }

    /// <summary>When the caller's time is over, as a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long Due { get; private set; }

    /// <summary>Octets of the request's body.</summary>
    public long Octets { get; private set; }

    public abstract object? Value { get; }

    /// <summary>Fires when the caller cancels or is gone, at its deadline, and when this side stops. Made when it is asked for.</summary>
    public CancellationToken Aborted
    {
        get
        {
            CancellationTokenSource? fresh = _source is null ? new CancellationTokenSource() : null;
            _gate.Enter();
            CancellationTokenSource? source = _source ?? (_aborted ? null : _source = fresh);
            _gate.Exit();
            return source?.Token ?? new CancellationToken(canceled: true);
        }
    }

    /// <summary>What the handler may know of its call. Made when it is asked for, and not used again for another call.</summary>
    public CallContext Context => _context ??= new CallContext(this);

    public void Begin(Link link, in Message message, string subject)
    {
        // Most of it is as in the last call of this object, and a reference costs more to store than to compare.
        if (!ReferenceEquals(Link, link)) Link = link;
        if (!ReferenceEquals(Subject, subject)) Subject = subject;
        if (message.Headers is { } headers) Headers = headers;
        Id = message.Id;
        Octets = message.BodyRef.Length;
        Due = message.Amount <= 0 ? long.MaxValue : Deadline.After(link.Time, link.ReadAt, (int)Math.Min(message.Amount, int.MaxValue));
    }

    /// <summary>Whether the body is to be decoded before the call can run; see <see cref="DecodeElsewhere"/>.</summary>
    public bool IsLate => _late is not null;

    /// <summary>Decodes the body on another thread; the call holds up its lane until that is done.</summary>
    public void DecodeElsewhere()
    {
        IsPending = true;
        ThreadPool.UnsafeQueueUserWorkItem(static call => call.DecodeLate(), this, preferLocal: false);
    }

    /// <summary>Keeps the body, to be decoded elsewhere.</summary>
    protected void TakeLate(in Message message) => _late = LateBody.Keep(in message);

    /// <summary>Decodes the request.</summary>
    protected virtual void Decode(in ReadOnlySequence<byte> body)
    {
    }

    /// <summary>Answers instead of the handler a call whose body cannot be read, or came to be read after its time. False for one that may run.</summary>
    protected bool IsRefusedLate()
    {
        if (_unreadable is null) return false;
        Reply(_unreadable);
        return true;
    }

    private void DecodeLate()
    {
        PooledBody body = _late!;
        try
        {
            Decode(body.Octets);
            if (Due <= Link.Time.GetTimestamp()) _unreadable = Faults.TooLate(Subject);
        }
        catch (Exception error)
        {
            EncodingException unreadable = RequestReader.Unreadable(this, error);
            _unreadable = new Fault(unreadable.Code, unreadable.Message);
        }

        body.Dispose();
        _late = null;
        IsPending = false;
        Link.Handlers.Kick();
    }

    /// <summary>Counts the handler as running; it no longer does when the call is over.</summary>
    protected void Started()
    {
        _started = true;
        Link.HandlerStarted();
        _activity = Tracing.StartHandler(Subject, Headers, Link.Owner.Diagnostics);
    }

    /// <summary>Marks the call as aborted; for the table of calls, inside its gate, so that a call that was removed from it is not aborted any more.</summary>
    /// <param name="source">What to cancel; null when nobody has asked for the token.</param>
    /// <returns>False when it was aborted before.</returns>
    public bool TryAbort(out CancellationTokenSource? source)
    {
        _gate.Enter();
        bool first = !_aborted;
        _aborted = true;
        source = _source;
        _gate.Exit();
        return first;
    }

    /// <summary>Counts the call as ended before it has, when its handler has the token; for the table of calls, inside its gate.</summary>
    public bool TryForgive(CancellationToken token)
    {
        _gate.Enter();
        bool own = !_forgiven && _source?.Token == token;
        _forgiven |= own;
        _gate.Exit();
        return own;
    }

    /// <summary>Cancels the handler, after <see cref="TryAbort"/>.</summary>
    public void Aborting(CancellationTokenSource? source)
    {
        if (source is not null) UserCode.Cancel(source, Link.Owner.Diagnostics, Subject);
        OnAborted();
    }

    /// <summary>Runs the call as work of its own, unless the peer has stopped taking answers since it was posted: then it waits in the lane.</summary>
    public void Execute()
    {
        if (Link.Outlet.IsFull) Link.Handlers.Send(this);
        else Run();
    }

    public virtual void OnItem(in Message message)
    {
    }

    public virtual void OnItems(in Message envelope, in ItemRun run)
    {
        int position = 0;
        while (run.Next(in envelope, ref position, out Message message)) OnItem(in message);
    }

    public virtual void OnEnd()
    {
    }

    public virtual void OnCredit(long octets)
    {
    }

    public override void Refuse(ObjectDisposedException error) =>
        Reply(new Fault(ErrorCode.Unavailable, $"The event loop that handles '{Subject}' has ended."));

    public abstract void WriteTo(IBufferWriter<byte> output);

    protected virtual void OnAborted()
    {
    }

    /// <summary>Answers with a message of this object's own body, or with a fault when that fails; then the call is over.</summary>
    protected void Reply(MessageKind kind, bool hasBody)
    {
        if (!Link.Outlet.IsFull || !TryWait(kind, hasBody, null, null)) Answer(kind, hasBody);
    }

    /// <summary>Answers with what handler or refusal left behind; called when there is room.</summary>
    public void AnswerNow()
    {
        (Fault? fault, object? detail) = (_fault, _detail);
        (_fault, _detail) = (null, null);
        if (fault is null) Answer(_answer, _hasBody);
        else Answer(fault, detail);
    }

    /// <summary>Ends a call whose answer waits and has nobody to go to.</summary>
    public void Forget()
    {
        (_fault, _detail) = (null, null);
        Link.Inbound.Remove(this);
        End();
    }

    private void Answer(MessageKind kind, bool hasBody)
    {
        // The caller may use the id and the room again as soon as it has the reply.
        Link.Inbound.Remove(this);
        try
        {
            var message = new Message(kind, Id, isReply: true);
            Link.Outlet.Write(in message, hasBody ? this : null);
        }
        catch (ChannelClosedException)
        {
            // The peer is gone: the reply is dropped.
        }
        catch (Exception error)
        {
            Link.Report(Subject, error);
            Answer(Faults.OfAnswer(error, this), null);
            return;
        }

        End();
    }

    private void Answer(Fault fault, object? detail)
    {
        Link.Inbound.Remove(this);
        Link.ReplyFault(Id, fault, detail);
        End();
    }

    // While more than the send queue waits for the peer, answers are not encoded: each keeps its call's place.
    private bool TryWait(MessageKind kind, bool hasBody, Fault? fault, object? detail)
    {
        (_answer, _hasBody, _fault, _detail) = (kind, hasBody, fault, detail);
        OnHandled();
        if (Link.Answers.TryAdd(this)) return true;
        (_fault, _detail) = (null, null);
        return false;
    }

    /// <summary>Answers with what a handler threw; then the call is over.</summary>
    protected void Reply(Exception error)
    {
        // This side's clock may come first: the caller is told of its deadline, not of a cancellation it did not ask for.
        if (error is OperationCanceledException && Due <= Link.Time.GetTimestamp())
        {
            Reply(Faults.TooLate(Subject));
            return;
        }

        if (error is not OperationCanceledException || !_aborted) Link.Report(Subject, error);
        _activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
        Reply(Faults.ToFault(error, Subject, Link.Options.ShowErrors), (error as FaultException)?.Detail);
    }

    protected void Reply(Fault fault, object? detail = null)
    {
        if (!Link.Outlet.IsFull || !TryWait(MessageKind.Error, hasBody: false, fault, detail)) Answer(fault, detail);
    }

    /// <summary>The handler has ended and the answer waits: what else the call holds is given back.</summary>
    protected virtual void OnHandled()
    {
    }

    /// <summary>Forgets the call.</summary>
    protected virtual void Recycle()
    {
    }

    private void End()
    {
        Link link = Link;

        // Nobody can abort the call any more: it is no longer in the table.
        if (_source is not null && (_aborted || !_source.TryReset())) _source = null;
        _aborted = false;
        _context?.Freeze();
        _context = null;
        if (_activity is not null) Tracing.Stop(_activity, Subject, link.Owner.Diagnostics);
        _activity = null;
        _unreadable = null;
        Headers = null;
        bool started = _started;
        bool counts = !_forgiven;
        _started = _forgiven = false;
        Recycle();
        link.CallEnded(started, counts);
    }
}
