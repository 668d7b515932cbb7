namespace Smpi;

/// <summary>The connection is gone, or could not be made.</summary>
public sealed class ChannelClosedException : SmpiException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="reason">Who closed, and why.</param>
    /// <param name="innerException">What the transport threw; null when nothing.</param>
    public ChannelClosedException(CloseReason reason, Exception? innerException = null)
        : base(Checked(reason).Code, reason.ToString(), innerException) => Reason = reason;

    private ChannelClosedException(ChannelClosedException cause, bool wasSent)
        : base(cause.Code, cause.Message, cause.InnerException)
    {
        Reason = cause.Reason;
        WasSent = wasSent;
    }

    /// <summary>Who closed, and why; with the exit code and last words of a child process.</summary>
    public CloseReason Reason { get; }

    /// <summary>Whether the request that failed may have reached the peer. False: it certainly did not, and may be sent again.</summary>
    public bool WasSent { get; }

    /// <summary>A closing because the peer broke the protocol.</summary>
    /// <param name="text">What was wrong, one sentence.</param>
    /// <param name="innerException">What a parser threw; null when nothing.</param>
    public static ChannelClosedException ProtocolError(string text, Exception? innerException = null) =>
        new(new CloseReason(ErrorCode.ProtocolError, text, ClosedBy.Transport), innerException);

    /// <summary>The same closing as one call saw it.</summary>
    /// <param name="wasSent">Whether that call's request may have reached the peer.</param>
    public ChannelClosedException ForCall(bool wasSent) => new(this, wasSent);

    private static CloseReason Checked(CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason;
    }
}
