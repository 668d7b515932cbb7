namespace Smpi;

/// <summary>Brings the items that a caller sends to the handler.</summary>
internal static class InboundItems
{
    public static void Take<T>(InboundCall call, ItemReceiver<T> items, in Message message)
    {
        long cost = items.Credit.Count(in message);
        if (LateBody.Is<T>(in message))
        {
            if (!items.Add(in message.BodyRef, cost, elsewhere: !call.Link.DecodesLate)) Overflow(call, items);
            return;
        }

        try
        {
            T item = message.Value is T value ? value : call.Link.Codecs.Get<T>().Read(in message.BodyRef);
            if (!items.Add(item, cost)) Overflow(call, items);
        }
        catch (Exception error)
        {
            items.Publish();
            items.End(items.Credit.Unreadable<T>(error));
        }
    }

    public static void Take<T>(InboundCall call, ItemReceiver<T> items, in ItemRun run)
    {
        if (!items.Add(in run)) Overflow(call, items);
    }

    /// <summary>The caller sends no further items.</summary>
    public static void End<T>(ItemReceiver<T> items)
    {
        items.Credit.CheckEnd();
        items.End(null);
    }

    /// <summary>The call is over, or is not wanted any more: what waits for its handler is dropped, whatever the handler does.</summary>
    public static void Abort<T>(InboundCall call, ItemReceiver<T> items) =>
        items.End(new OperationCanceledException($"The call '{call.Subject}' is over."), drop: true);

    private static void Overflow<T>(InboundCall call, ItemReceiver<T> items)
    {
        items.Publish();
        items.End(new FaultException(ErrorCode.ResourceExhausted, $"The caller of '{call.Subject}' sends faster than its handler reads, and the format cannot hold it back."));
    }
}
