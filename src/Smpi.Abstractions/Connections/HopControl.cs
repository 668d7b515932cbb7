namespace Smpi;

/// <summary>What two ends of a connection say below messages: pings, goodbyes, and what the session owes its peer.</summary>
internal sealed class HopControl(WireConnection connection, IWireSession session, Outbox outbox) : IHopControl
{
    public long LastReceived => connection.LastReceived;

    public void Ping() => Say(new HopSignal(HopSignalKind.Ping) { Nonce = (ulong)connection.LastReceived });

    public void Goodbye(CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);

        // The end of input that the peer answers with is this side's doing.
        connection.Info.Closed ??= reason with { By = ClosedBy.Local };
        Say(new HopSignal(HopSignalKind.Goodbye) { Reason = reason });
    }

    public void Say(in HopSignal signal) => outbox.Write(session, in signal);

    /// <summary>Takes the signal that was read last; false when it was the peer's last word.</summary>
    public bool TakeReceived()
    {
        HopSignal signal = session.Received;
        if (signal.Kind == HopSignalKind.Ping) Say(new HopSignal(HopSignalKind.Pong) { Nonce = signal.Nonce });
        if (signal.Kind != HopSignalKind.Goodbye) return true;
        connection.Info.Closed ??= signal.Reason;
        return false;
    }

    /// <summary>Writes what the session owes for the batch that was read.</summary>
    public void PayWhatIsOwed()
    {
        if (session.Owes) Say(new HopSignal(HopSignalKind.Owed));
    }
}
