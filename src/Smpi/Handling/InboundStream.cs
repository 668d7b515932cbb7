using System.Buffers;
using System.Diagnostics;

namespace Smpi;

/// <summary>A call of the peer that is answered by a stream of items, and may bring one.</summary>
internal sealed class InboundStream<TRequest, TIn, TOut>(StreamHandler<TRequest, TIn, TOut> handler) : InboundCall
{
    // Above all that a peer could use: the sum of its grants must not overflow.
    private const long MostGranted = 1L << 40;

    private ItemPump? _pump;
    private TRequest _request = default!;
    private long _credit;

    /// <summary>The items that the caller sends; null for a call without.</summary>
    public ItemReceiver<TIn>? Items { get; private set; }

    public override object? Value => null;

    /// <summary>Decodes the request.</summary>
    public void Take(Link link, in Message message)
    {
        if (LateBody.Is<TRequest>(in message)) TakeLate(in message);
        else _request = RequestReader.Read<TRequest>(link, in message, handler.Subject);
    }

    public void Open()
    {
        if (handler.HasItems) Items = new ItemReceiver<TIn>(Link, Id, isReply: true, Subject, owner: null);
    }

    public override void WriteTo(IBufferWriter<byte> output)
    {
    }

    protected override void Decode(in ReadOnlySequence<byte> body) => _request = Link.Codecs.Get<TRequest>().Read(in body);

    public override void Run()
    {
        if (IsRefusedLate()) return;
        Activity? before = Activity.Current;
        Started();
        try
        {
            Volatile.Write(ref _pump, new ItemPump<TOut>(Link, Id, isReply: true, handler.Invoke(_request, this), Ended, Aborted));
        }
        catch (Exception error)
        {
            Reply(error);
            return;
        }

        Interlocked.MemoryBarrier();
        PassCredit();
        _pump.Start();
        if (Activity.Current != before) Activity.Current = before;
    }

    public override void OnItem(in Message message)
    {
        if (Items is not null) InboundItems.Take(this, Items, in message);
    }

    public override void OnItems(in Message envelope, in ItemRun run)
    {
        if (Items is not null && Link.DecodesLate) InboundItems.Take(this, Items, in run);
        else base.OnItems(in envelope, in run);
    }

    public override void OnEnd()
    {
        if (Items is not null) InboundItems.End(Items);
    }

    public override void OnCredit(long octets)
    {
        Interlocked.Add(ref _credit, Math.Min(octets, MostGranted));
        PassCredit();
    }

    protected override void OnAborted() => OnHandled();

    protected override void OnHandled()
    {
        if (Items is not null) InboundItems.Abort(this, Items);
    }

    protected override void Recycle() => OnHandled();

    // Credit may come before there is something to send: it waits here. Whoever comes last, the reader or the handler, passes it on.
    private void PassCredit()
    {
        if (Volatile.Read(ref _pump) is { } pump && Interlocked.Exchange(ref _credit, 0) is > 0 and long credit) pump.Grant(credit);
    }

    private void Ended(Exception? error)
    {
        if (error is null) Reply(MessageKind.End, hasBody: false);
        else Reply(error);
    }
}
