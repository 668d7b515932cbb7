namespace Smpi;

/// <summary>A call of the peer that brings a stream of items and is answered once.</summary>
internal sealed class InboundUpload<TRequest, TItem, TResponse>(UnaryHandler<TRequest, TResponse> handler) : InboundUnary<TRequest, TResponse>(handler)
{
    /// <summary>The items that the caller sends.</summary>
    public ItemReceiver<TItem> Items { get; private set; } = null!;

    public void Open() => Items = new ItemReceiver<TItem>(Link, Id, isReply: true, Subject, owner: null);

    public override void OnItem(in Message message) => InboundItems.Take(this, Items, in message);

    public override void OnItems(in Message envelope, in ItemRun run)
    {
        if (Link.DecodesLate) InboundItems.Take(this, Items, in run);
        else base.OnItems(in envelope, in run);
    }

    public override void OnEnd() => InboundItems.End(Items);

    protected override void OnAborted() => InboundItems.Abort(this, Items);

    protected override void OnHandled() => InboundItems.Abort(this, Items);

    protected override void Recycle()
    {
        InboundItems.Abort(this, Items);
        base.Recycle();
    }
}
