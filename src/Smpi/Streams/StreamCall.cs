using System.Buffers;

namespace Smpi;

/// <summary>A request answered by a stream of items.</summary>
internal sealed class StreamCall<TRequest, TItem> : OutgoingCall, IItemOwner
{
    private readonly TRequest _request;
    private readonly ICodec<TRequest> _codec;
    private readonly ICodec<TItem> _items;
    private readonly ulong _id;
    private readonly bool _decodesLate;
    private ItemPump? _pump;

    public StreamCall(Link link, string subject, TRequest request, in CallTerms terms, bool decodesLate)
    {
        Link = link;
        Subject = subject;
        Due = terms.Due;
        Limit = terms.Limit;
        _request = request;
        _codec = link.Codecs.Get<TRequest>();
        _items = link.Codecs.Get<TItem>();
        _decodesLate = decodesLate;
        if (!link.Calls.TryAdd(this))
        {
            link.StreamGate.Exit();
            throw link.Closed.ForCall(wasSent: false);
        }

        _id = Id;
        Items = new ItemReceiver<TItem>(link, new MessageId(_id), isReply: false, subject, this);
    }

    public ItemReceiver<TItem> Items { get; }

    // Where references travel, the other side gets a hold of its own.
    public override object? Value => _request is PooledBody body ? body.Keep() : _request;

    public override void WriteTo(IBufferWriter<byte> output) => _codec.Write(output, _request);

    /// <summary>Sends the request, and begins to send the items of the caller where there are some.</summary>
    public void Send(in CallTerms terms, Func<OutgoingCall, ulong, ItemPump>? pump)
    {
        try
        {
            WrittenAt = Link.Outlet.Mark;
            if (pump is not null) _pump = pump(this, _id);
            Link.Outlet.Write(
                new Message { Kind = MessageKind.Request, Id = new MessageId(_id), Subject = Subject, Headers = terms.Headers, Amount = terms.MillisecondsLeft, IsStream = true }, this);
        }
        catch (Exception error)
        {
            Fail(_id, CallFailures.OfSend(error, Subject, typeof(TRequest)));
            return;
        }

        if (Due != long.MaxValue) Link.Deadlines.Watch(Due);
        _pump?.Start();
    }

    public override void OnItem(ulong id, in Message message)
    {
        long cost = Items.Credit.Count(in message);
        if (LateBody.Is<TItem>(in message))
        {
            if (!Items.Add(in message.BodyRef, cost, elsewhere: !_decodesLate)) Overflow(id);
            return;
        }

        TItem item;
        try
        {
            item = message.Value is not null && message.Value is TItem value ? value : _items.Read(in message.BodyRef);
        }
        catch (Exception error)
        {
            Items.Publish();
            Abandon(id, Items.Credit.Unreadable<TItem>(error));
            return;
        }

        if (!Items.Add(item, cost)) Overflow(id);
    }

    public override void OnItems(ulong id, in Message envelope, in ItemRun run)
    {
        if (!_decodesLate) base.OnItems(id, in envelope, in run);
        else if (!Items.Add(in run)) Overflow(id);
    }

    void IItemOwner.ItemsLeft() => Abandon(_id, new OperationCanceledException());

    void IItemOwner.ItemsBroken(EncodingException error) => Abandon(_id, error);

    public override void OnEnd(ulong id)
    {
        Items.Credit.CheckEnd();
        if (TryClaim(id)) Items.End(null);
    }

    public override void OnResponse(ulong id, in Message message) => OnEnd(id);

    public override void OnCredit(long octets) => _pump?.Grant(octets);

    public override void OnError(ulong id, in Message message)
    {
        // A handler that is cut off fails its stream whatever it owes; its sender owes nothing from then on, and neither may what waits here.
        bool drop = Items.Credit.IsUsedUp;
        Exception error = Faults.ToException(in message, Subject, Link.Codecs);
        if (TryClaim(id)) Items.End(error, drop);
    }

    public override bool Fail(ulong id, Exception error)
    {
        if (!TryClaim(id)) return false;
        Items.End(error);
        return true;
    }

    public override void Run() => throw new InvalidOperationException("A stream's items run in the lane, not its call.");

    public override void Refuse(ObjectDisposedException error) => Run();

    protected override CallGate Places(Link link) => link.StreamGate;

    protected override void Closed(bool waits)
    {
        Link.StreamGate.Left(0, waits);
        _pump?.Stop(Subject);
    }

    private void Overflow(ulong id)
    {
        Items.Publish();
        Abandon(id, new RemoteException(new Fault(
            ErrorCode.ResourceExhausted, $"The stream '{Subject}' is faster than its reader, and its format cannot hold the sender back: the stream was cancelled.")));
    }
}
