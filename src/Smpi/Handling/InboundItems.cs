namespace Smpi;

/// <summary>Decodes the items that a caller sends.</summary>
internal static class InboundItems
{
    public static void Take<T>(InboundCall call, ItemReceiver<T> items, in Message message)
    {
        try
        {
            T item = message.Value is T value ? value : call.Link.Codecs.Get<T>().Read(message.Body);
            if (!items.Add(item, Math.Max(message.Body.Length, message.Amount)))
            {
                items.Publish();
                items.End(new FaultException(ErrorCode.ResourceExhausted, $"The caller of '{call.Subject}' sends faster than its handler reads, and the format cannot hold it back."));
            }
        }
        catch (Exception error)
        {
            items.Publish();
            items.End(error as EncodingException ?? new EncodingException($"An item of '{call.Subject}' could not be read as {typeof(T).Name}: {error.Message}", error));
        }
    }
}
