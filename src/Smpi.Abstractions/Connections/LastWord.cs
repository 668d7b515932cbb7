namespace Smpi;

/// <summary>The goodbye of a connection that this side ends because of what its peer did.</summary>
internal static class LastWord
{
    /// <summary>The longest that it waits for a peer that does not read.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Sends it behind everything that was written, and fails at nothing.</summary>
    /// <param name="connection">Limits and clock.</param>
    /// <param name="outbox">What was written.</param>
    /// <param name="session">Writes the goodbye.</param>
    /// <param name="transport">Where to.</param>
    /// <param name="flushed">Ends when no flush is under way; from now on none begins.</param>
    /// <param name="reason">What to say.</param>
    public static async ValueTask SayAsync(WireConnection connection, Outbox outbox, IWireSession session, IByteTransport transport, Task flushed, CloseReason reason)
    {
        TimeSpan patience = connection.Limits.CloseTimeout < _patience ? connection.Limits.CloseTimeout : _patience;
        using var limit = new CancellationTokenSource(patience, connection.Time);
        try
        {
            outbox.Write(session, new HopSignal(HopSignalKind.Goodbye) { Reason = reason });
            await flushed.WaitAsync(limit.Token).ConfigureAwait(false);
            await outbox.FlushAsync(transport, limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The peer is gone, or does not read: what it did is known here all the same.
        }
    }

    /// <summary>Whether a reason is what this side found, so that the peer has not heard it.</summary>
    public static bool IsDue(CloseReason reason) => reason.By != ClosedBy.Peer
        && (reason.Code == ErrorCode.ProtocolError || reason.Code == ErrorCode.EnhanceYourCalm || reason.Code == ErrorCode.TooLarge);
}
