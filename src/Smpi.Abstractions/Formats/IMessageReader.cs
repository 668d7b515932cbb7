using System.Buffers;

namespace Smpi;

/// <summary>Parses messages. Accepts any split of the bytes; keeps its place, so the search for a delimiter never restarts.</summary>
public interface IMessageReader
{
    /// <summary>Parses the next message and moves <paramref name="buffer"/> past what was consumed.</summary>
    /// <param name="buffer">The octets received and not yet consumed, from the same position as the rest of the last call, or the whole frame on transports with frames.</param>
    /// <param name="message">The message, when the status is <see cref="ReadStatus.Message"/>. Its body lies in <paramref name="buffer"/> or in memory of the reader.</param>
    /// <param name="missing">With <see cref="ReadStatus.NeedMore"/>: the least number of octets still needed, zero when unknown.</param>
    /// <exception cref="ChannelClosedException">The octets break the format; the connection must close.</exception>
    ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing);

    /// <summary>Parses every message that is complete, up to a signal.</summary>
    /// <param name="buffer">As in <see cref="TryRead"/>.</param>
    /// <param name="consumer">Called for each message, in order.</param>
    /// <param name="missing">As in <see cref="TryRead"/>; zero when nothing is left.</param>
    /// <returns><see cref="ReadStatus.NeedMore"/> or <see cref="ReadStatus.Signal"/>.</returns>
    /// <exception cref="ChannelClosedException">The octets break the format; the connection must close.</exception>
    ReadStatus ReadAll(ref ReadOnlySequence<byte> buffer, IMessageConsumer consumer, out long missing)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        missing = 0;
        while (!buffer.IsEmpty)
        {
            ReadStatus status = TryRead(ref buffer, out Message message, out missing);
            if (status == ReadStatus.Message) consumer.Take(in message);
            else if (status != ReadStatus.Skipped) return status;
        }

        return ReadStatus.NeedMore;
    }

    /// <summary>Offers the buffer that octets are received into, before the first read. A reader that copies what it needs ignores it.</summary>
    /// <param name="buffer">The buffer; its array is the one under the octets of each read.</param>
    void Attach(IReceiveBuffer buffer)
    {
    }

    /// <summary>Whether messages whose bodies come in parts are unfinished.</summary>
    bool HasParts => false;

    /// <summary>Counts a second in which the connection waited for its peer, for every message in parts that is unfinished. May
    /// be called while a read runs.</summary>
    /// <param name="leastRate">Bytes a second that a sender must bring on average since its message began.</param>
    /// <param name="grace">Seconds before that is judged.</param>
    /// <returns>True when a message is slower.</returns>
    bool CountSecond(int leastRate, int grace) => false;

    /// <summary>Ends the loan of every message returned so far: memory of the reader may be used again.</summary>
    void EndLoan();
}
