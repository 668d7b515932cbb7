namespace Smpi;

/// <summary>The receiver's side of the credit of one stream: what comes is checked against what was granted, and what is consumed is granted again.</summary>
internal sealed class StreamCredit(Link link, MessageId id, bool isReply, string subject)
    : CreditLedger(link.OwnLimits.StreamWindow, link.OwnLimits.MaxStreamWindow, link.Flow.Windows, link.Flow.OwedByPeer, link.Time)
{
    // The reader's own.
    private CreditCheck _check;

    /// <summary>Whether the peer has no credit; for the reader.</summary>
    public bool IsUsedUp => link.Traits.Credit && !_check.MayBegin(this);

    /// <summary>Counts an item, before it is decoded; for the reader.</summary>
    /// <returns>What it costs.</returns>
    /// <exception cref="ChannelClosedException">The peer sent it though it had no credit.</exception>
    public long Count(in Message message)
    {
        long cost = CreditCost.Of(message.BodyRef.Length, message.Headers);
        if (link.Traits.Credit && !(_check.MayBegin(this) && _check.TryTake(this, cost))) throw Exceeded();
        return cost;
    }

    /// <summary>Counts several items; otherwise as <see cref="Count(in Message)"/>.</summary>
    public long Count(in ItemRun run)
    {
        if (link.Traits.Credit && !_check.TryTake(this, in run)) throw Exceeded();
        return CreditCost.Of(in run);
    }

    /// <summary>Looks at what ends the stream in good order: it may come only while credit is left, so that no debt outlives its stream.</summary>
    /// <exception cref="ChannelClosedException">The peer has no credit.</exception>
    public void CheckEnd()
    {
        if (IsUsedUp) throw Exceeded();
    }

    /// <summary>Grants what was consumed, when enough has come together.</summary>
    public void Consumed(long cost)
    {
        if (cost == 0 || !link.Traits.Credit) return;
        long grant = Consume(cost);
        if (grant > 0) link.Flow.Grant(id, isReply, grant);
    }

    /// <summary>What an item that could not be decoded ends its stream with.</summary>
    public EncodingException Unreadable<T>(Exception error) =>
        error as EncodingException ?? new EncodingException($"An item of '{subject}' could not be read as {typeof(T).Name}: {error.Message}", error);

    private ChannelClosedException Exceeded() => ChannelClosedException.ProtocolError(
        $"{link.Connection.Info.Remote} sent on the stream of '{subject}' though nothing was left of its credit.");
}
