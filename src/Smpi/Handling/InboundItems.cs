namespace Smpi;

/// <summary>Brings the items that a caller sends to the handler.</summary>
internal static class InboundItems
{
    public static void Take<T>(InboundCall call, ItemReceiver<T> items, in Message message)
    {
        try
        {
            T item = message.Value is T value ? value : call.Link.Codecs.Get<T>().Read(in message.BodyRef);
            if (!items.Add(item, Math.Max(message.BodyRef.Length, message.Amount))) Overflow(call, items);
        }
        catch (Exception error)
        {
            items.Publish();
            items.End(items.Unreadable(error));
        }
    }

    public static void Take<T>(InboundCall call, ItemReceiver<T> items, in ItemRun run)
    {
        if (!items.Add(in run)) Overflow(call, items);
    }

    private static void Overflow<T>(InboundCall call, ItemReceiver<T> items)
    {
        items.Publish();
        items.End(new FaultException(ErrorCode.ResourceExhausted, $"The caller of '{call.Subject}' sends faster than its handler reads, and the format cannot hold it back."));
    }
}
