namespace Smpi;

/// <summary>Writes items into an outbox.</summary>
internal sealed class ItemWriter(Outbox outbox, Message envelope, ItemFrame frame) : IItemWriter
{
    private readonly Message _envelope = envelope;

    public ItemFrame Frame => frame;

    public Written Write(ReadOnlySpan<byte> items) => outbox.WriteItems(in _envelope, items);
}
