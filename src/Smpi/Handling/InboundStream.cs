using System.Buffers;
using System.Diagnostics;

namespace Smpi;

/// <summary>A call of the peer that is answered by a stream of items, and may bring one.</summary>
internal sealed class InboundStream<TRequest, TIn, TOut>(StreamHandler<TRequest, TIn, TOut> handler, TRequest request) : InboundCall
{
    private ItemPump? _pump;

    /// <summary>The items that the caller sends; null for a call without.</summary>
    public ItemReceiver<TIn>? Items { get; private set; }

    public override object? Value => null;

    public void Open()
    {
        if (handler.HasItems) Items = new ItemReceiver<TIn>(Link, Id, isReply: true, Subject, owner: null);
    }

    public override void WriteTo(IBufferWriter<byte> output)
    {
    }

    public override void Run()
    {
        Activity? before = Activity.Current;
        Started();
        try
        {
            _pump = new ItemPump<TOut>(Link, Id, isReply: true, handler.Invoke(request, this), Ended, Aborted);
        }
        catch (Exception error)
        {
            Reply(error);
            return;
        }

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

    public override void OnEnd() => Items?.End(null);

    public override void OnCredit(long octets) => _pump?.Grant(octets);

    protected override void OnAborted() => Items?.End(new OperationCanceledException($"The caller of '{Subject}' cancelled."));

    private void Ended(Exception? error)
    {
        if (error is null) Reply(MessageKind.End, hasBody: false);
        else Reply(error);
    }
}
