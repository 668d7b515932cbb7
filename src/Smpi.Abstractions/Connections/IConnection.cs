namespace Smpi;

/// <summary>A duplex sequence of messages with one peer.</summary>
/// <remarks>
/// <para>The core guarantees to the implementer: reads never overlap; <see cref="FlushAsync"/> calls never overlap each other; every batch is taken, until
/// <see cref="TryRead"/> returns false or by <see cref="ReadAll"/>, before the next read; nothing is called after
/// disposal, except that disposal may come while a read or a flush is pending and must end it.</para>
/// <para>The implementer guarantees to the core: <see cref="Write"/> may be called by several threads at once and while a flush is under way, and takes one call after
/// the other; it never flushes and never waits for the peer; when it throws, the outbox and the writer's state are as before; a connection that
/// fails throws <see cref="ChannelClosedException"/> and nothing else. Only the channel flushes: once after each received batch, at once for a writer outside
/// a batch. A decorator forwards every member.</para>
/// </remarks>
public interface IConnection : IAsyncDisposable
{
    /// <summary>Facts about the connection and its peer.</summary>
    ConnectionInfo Info { get; }

    /// <summary>Waits for a batch of messages and ends the loan of the last one.</summary>
    /// <param name="cancellationToken">Ends the wait; the connection is not usable for reading afterwards.</param>
    /// <returns>True when a batch is ready, which may hold no complete message; false when the peer closed in good order.</returns>
    /// <exception cref="ChannelClosedException">The connection was lost, or the peer broke the protocol.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Takes the next message of the batch. The whole batch stays lent until the next <see cref="ReadAsync"/>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False when the batch holds no further message.</returns>
    /// <exception cref="ChannelClosedException">The peer broke the protocol.</exception>
    bool TryRead(out Message message);

    /// <summary>Takes every further message of the batch.</summary>
    /// <param name="consumer">Called for each message, in order. What it throws ends the reading.</param>
    /// <remarks>It is <see cref="TryRead"/> until that returns false, without a copy of each message. An implementation of its own does exactly that.</remarks>
    /// <exception cref="ChannelClosedException">The peer broke the protocol.</exception>
    void ReadAll(IMessageConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        while (TryRead(out Message message)) consumer.Take(in message);
    }

    /// <summary>Appends a message to the outbox, encoding its body in place. Sends nothing.</summary>
    /// <param name="message">The envelope, with the body's octets when <paramref name="body"/> is null.</param>
    /// <param name="body">Encodes the body; called at most once, before this method returns.</param>
    /// <exception cref="MessageTooLargeException">The message exceeds what the peer takes.</exception>
    Written Write(in Message message, IMessageBody? body = null);

    /// <summary>Offers to take items of one stream many at a time.</summary>
    /// <param name="envelope">The message that each item is, without its body.</param>
    /// <returns>A writer for this stream; null where every item is to be written by <see cref="Write"/>.</returns>
    /// <remarks>A decorator that has to see each message returns null.</remarks>
    IItemWriter? WriteItems(in Message envelope) => null;

    /// <summary>Sends everything written before the call. Back-pressure is this wait.</summary>
    /// <param name="cancellationToken">Ends the wait; the connection is not usable for writing afterwards.</param>
    /// <exception cref="ChannelClosedException">The connection was lost.</exception>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
