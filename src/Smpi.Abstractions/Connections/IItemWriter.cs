namespace Smpi;

/// <summary>Takes items of one stream that were framed outside of the outbox.</summary>
public interface IItemWriter
{
    /// <summary>How each item is framed.</summary>
    ItemFrame Frame { get; }

    /// <summary>Appends items to the outbox, as <see cref="IConnection.Write"/> does with a message, in one go.</summary>
    /// <param name="items">Whole items, framed as <see cref="Frame"/> says.</param>
    /// <returns>The octets appended, and those that wait.</returns>
    /// <exception cref="ChannelClosedException">The connection was lost.</exception>
    Written Write(ReadOnlySpan<byte> items);
}
