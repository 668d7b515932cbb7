using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>A request and its one answer: a pooled object that is the pending call, the body of the request and the awaited value at once.</summary>
internal sealed class UnaryCall<TRequest, TResponse> : OutgoingCall, IValueTaskSource<TResponse>
{
    private ManualResetValueTaskSourceCore<TResponse> _source;
    private CancellationTokenRegistration _registration;
    private Pool<UnaryCall<TRequest, TResponse>> _pool = null!;
    private TRequest _request = default!;
    private ICodec<TRequest> _codec = null!;
    private ICodec<TResponse> _answers = null!;
    private CodecSet? _codecs;
    private TResponse _response = default!;
    private Exception? _error;
    private ItemPump? _pump;
    private ContextReturn? _return;
    private ulong _lateId;

    // Where references travel, the other side gets a hold of its own.
    public override object? Value => _request is PooledBody body ? body.Keep() : _request;

    /// <summary>A call that has its place and its id, for <see cref="Send"/>; null when it would have to wait for a place.</summary>
    public static UnaryCall<TRequest, TResponse>? TryOpen(Link link, string subject, TRequest request, in CallTerms terms)
    {
        UnaryCall<TRequest, TResponse> call = Rent(link, subject, request, in terms);
        if (link.Calls.TryOpen(call, link.Gate)) return call;
        call.Recycle();
        return null;
    }

    /// <summary>Sends a request; the place in the link's gate is taken already.</summary>
    public static ValueTask<TResponse> Start(Link link, string subject, TRequest request, in CallTerms terms, Func<OutgoingCall, ulong, ItemPump>? pump, CancellationToken ct)
    {
        UnaryCall<TRequest, TResponse> call = Rent(link, subject, request, in terms);
        if (link.Calls.TryAdd(call)) return call.Send(in terms, pump, ct);
        call.Recycle();
        link.Gate.Exit();
        return ValueTask.FromException<TResponse>(link.Closed.ForCall(wasSent: false));
    }

    /// <summary>Sends the request of a call that is open.</summary>
    public ValueTask<TResponse> Send(in CallTerms terms, Func<OutgoingCall, ulong, ItemPump>? pump, CancellationToken ct)
    {
        ulong id = Id;
        Link link = Link;
        try
        {
            if (!ReferenceEquals(_codecs, link.Codecs)) FindCodecs(link.Codecs);
            WrittenAt = link.Outlet.Mark;
            if (pump is not null) _pump = pump(this, id);
            var message = new Message(MessageKind.Request, new MessageId(id), isReply: false, Subject, terms.Headers, terms.MillisecondsLeft);
            int octets = link.Outlet.Write(in message, this).Body;
            if (!link.Gate.Counts(octets)) LeaveOctets();
            else if (TrySetOctets(octets)) link.Gate.Add(octets);
        }
        catch (Exception error)
        {
            Fail(id, CallFailures.OfSend(error, Subject, typeof(TRequest)));
            return new ValueTask<TResponse>(this, _source.Version);
        }

        if (Due != long.MaxValue) link.Deadlines.Watch(Due);
        if (ct.CanBeCanceled)
        {
            _registration = ct.UnsafeRegister(static (state, token) =>
            {
                var call = (UnaryCall<TRequest, TResponse>)state!;
                call.Abandon(call.Id, new OperationCanceledException(token));
            }, this);
        }

        _pump?.Start();
        return new ValueTask<TResponse>(this, _source.Version);
    }

    private static UnaryCall<TRequest, TResponse> Rent(Link link, string subject, TRequest request, in CallTerms terms)
    {
        Pool<UnaryCall<TRequest, TResponse>> pool = link.Pools.Of<UnaryCall<TRequest, TResponse>>();
        UnaryCall<TRequest, TResponse> call = pool.Rent() ?? new UnaryCall<TRequest, TResponse> { _pool = pool };

        // Most of it is as in the last call of this object, and a reference costs more to store than to compare.
        if (!ReferenceEquals(call.Link, link)) call.Link = link;
        if (!ReferenceEquals(call.Subject, subject)) call.Subject = subject;
        call.Due = terms.Due;
        call.Limit = terms.Limit;
        call.ResetOctets();
        call._request = request;
        return call;
    }

    public override void WriteTo(IBufferWriter<byte> output) => _codec.Write(output, _request);

    public override void OnResponse(ulong id, in Message message)
    {
        if (LateBody.Is<TResponse>(in message) && TryDecodeElsewhere(id, in message)) return;
        TResponse response;
        try
        {
            response = message.Value is not null && message.Value is TResponse value ? value : _answers.Read(in message.BodyRef);
        }
        catch (Exception error)
        {
            Fail(id, Unreadable(error));
            return;
        }

        if (!TryClaim(id)) return;
        _response = response;
        Link.Completions.Add(this);
    }

    // The call stays open meanwhile: its deadline and its token end it all the same. A second answer is none.
    private bool TryDecodeElsewhere(ulong id, in Message message)
    {
        if (_lateId == id) return true;
        long bytes = message.BodyRef.Length;
        if (!Link.Flow.TryTakeLate(bytes)) return false;
        _lateId = id;
        PooledBody body = LateBody.Keep(in message);
        ThreadPool.UnsafeQueueUserWorkItem(
            static late => late.Call.DecodeLate(late.Link, late.Answers, late.Id, late.Body), (Call: this, Link, Answers: _answers, Id: id, Body: body), preferLocal: false);
        return true;
    }

    private void DecodeLate(Link link, ICodec<TResponse> answers, ulong id, PooledBody body)
    {
        long bytes = body.Length;
        TResponse response = default!;
        Exception? failure = null;
        try
        {
            response = answers.Read(body.Octets);
        }
        catch (Exception error)
        {
            failure = error;
        }

        body.Dispose();
        link.Flow.GiveBackLate(bytes);
        if (!TryClaim(link, id)) return;
        if (failure is null) _response = response;
        else _error = Unreadable(failure);
        link.Completions.Send(this);
    }

    public override bool Fail(ulong id, Exception error)
    {
        if (!TryClaim(id)) return false;
        _error = error;
        Link.Completions.Send(this);
        return true;
    }

    public override void OnItem(ulong id, in Message message) => AnsweredByStream(id);

    public override void OnItems(ulong id, in Message envelope, in ItemRun run) => AnsweredByStream(id);

    public override void OnEnd(ulong id) => AnsweredByStream(id);

    public override void OnCredit(long octets) => _pump?.Grant(octets);

    public override void Run()
    {
        if (_error is { } error) _source.SetException(error);
        else _source.SetResult(_response);
    }

    public override void Refuse(ObjectDisposedException error)
    {
        _error ??= CallFailures.LoopEnded(error);
        Run();
    }

    public TResponse GetResult(short token)
    {
        _registration.Dispose();
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
            Recycle();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ContextReturn.OnCompleted(ref _source, ref _return, continuation, state, token, flags);

    private void AnsweredByStream(ulong id) => Abandon(id, new RemoteException(new Fault(
        ErrorCode.FailedPrecondition, $"'{Subject}' is answered by a stream, and was called for one answer: use StreamAsync.")));

    // Made elsewhere: a method that formats a sentence pays for it whenever it is entered.
    private EncodingException Unreadable(Exception error) =>
        error as EncodingException ?? new EncodingException($"The answer to '{Subject}' could not be read as {typeof(TResponse).Name}: {error.Message}", error);

    protected override CallGate Places(Link link) => link.Gate;

    protected override void Closed(bool waits)
    {
        Link.Gate.Left(TakeOctets(), waits);
        _pump?.Stop(Subject);
    }

    private void Recycle()
    {
        _registration = default;
        _request = default!;
        _response = default!;
        _error = null;
        _pump = null;
        if (!Link.IsAlive) Link = null!;
        _pool.Return(this);
    }

    private void FindCodecs(CodecSet codecs)
    {
        _codec = codecs.Get<TRequest>();
        _answers = codecs.Get<TResponse>();
        _codecs = codecs;
    }
}
