namespace Smpi;

/// <summary>The credit of one connection: of its events, of what its streams owe together, and of what is decoded apart from its reader.</summary>
/// <remarks>A connection at rest costs what it holds, and few use everything: its parts are made at first use.</remarks>
internal sealed class FlowControl(Link link)
{
    // A credit is a dozen bytes for a quarter of a window: a peer that takes so many of them too late takes nothing.
    private const int MostCreditsUntaken = 64 * 1024;

    private CreditGate? _eventCredit;
    private CreditLedger? _eventLedger;
    private WindowBudget? _windows;
    private Overdrafts? _owed;
    private Overdrafts? _owedByPeer;
    private ChannelClosedException? _closed;
    private int _creditsUntaken;
    private long _late;

    /// <summary>What this side may send in events.</summary>
    public CreditGate EventCredit => _eventCredit ?? Opened(Once.Made(ref _eventCredit, new CreditGate(link.PeerLimits.StreamWindow, link.Traits.Credit)));

    /// <summary>What the peer was granted for events.</summary>
    public CreditLedger EventLedger => _eventLedger
        ?? Once.Made(ref _eventLedger, new CreditLedger(link.OwnLimits.StreamWindow, link.OwnLimits.MaxStreamWindow, null, null, link.Time));

    /// <summary>What the windows of the peer's streams may grow together.</summary>
    public WindowBudget Windows => _windows ?? Once.Made(ref _windows, new WindowBudget(link.OwnLimits.ConnectionWindow));

    /// <summary>What this side's streams owe the peer.</summary>
    public Overdrafts Owed => _owed ?? Once.Made(ref _owed, new Overdrafts(link.PeerLimits.ConnectionWindow));

    /// <summary>What the peer's streams owe this side.</summary>
    public Overdrafts OwedByPeer => _owedByPeer ?? Once.Made(ref _owedByPeer, new Overdrafts(link.OwnLimits.ConnectionWindow));

    /// <summary>Writes an event while the peer takes one; false when it does not at the moment.</summary>
    public bool TryWriteEvent(in Message message, IMessageBody body, out Written written)
    {
        CreditGate credit = EventCredit;
        lock (credit.Order)
        {
            written = default;
            if (!credit.IsOpen) return false;
            written = link.Outlet.Append(in message, body);
            credit.Take(CreditCost.Of(written.Body, message.Headers));
        }

        link.Outlet.Sent(written);
        return true;
    }

    /// <summary>What an event cost was consumed by every subscriber that holds its publisher back.</summary>
    public void EventConsumed(long cost)
    {
        if (!link.Traits.Credit || !link.IsAlive) return;
        long grant = EventLedger.Consume(cost);
        if (grant > 0) Grant(default, isReply: false, grant);
    }

    /// <summary>Lets the peer send more on a stream, or with no id more events.</summary>
    public void Grant(MessageId id, bool isReply, long bytes)
    {
        link.TryWrite(new Message { Kind = MessageKind.Credit, Id = id, IsReply = isReply, Amount = bytes });
        if (!link.Outlet.IsFull) _creditsUntaken = 0;
        else if (++_creditsUntaken > MostCreditsUntaken) link.Fail(link.TooBusy($"takes nothing, and {MostCreditsUntaken:N0} credits wait for it"));
    }

    /// <summary>Counts an answer that is decoded apart from the reader; false when so much is that the reader has to decode the next one itself.</summary>
    public bool TryTakeLate(long bytes)
    {
        if (Interlocked.Add(ref _late, bytes) <= link.OwnLimits.InFlightSize) return true;
        GiveBackLate(bytes);
        return false;
    }

    /// <summary>Ends what <see cref="TryTakeLate"/> began.</summary>
    public void GiveBackLate(long bytes) => Interlocked.Add(ref _late, -bytes);

    /// <summary>Fails those who wait for credit.</summary>
    public void Close(ChannelClosedException reason)
    {
        Volatile.Write(ref _closed, reason);
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _eventCredit)?.Close(reason);
    }

    // A gate that is made while the link fails may have been missed.
    private CreditGate Opened(CreditGate gate)
    {
        if (Volatile.Read(ref _closed) is { } reason) gate.Close(reason);
        return gate;
    }
}
