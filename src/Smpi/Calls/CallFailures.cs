namespace Smpi;

/// <summary>What calls of this side fail with before an answer can come.</summary>
internal static class CallFailures
{
    /// <summary>The exception of a message that could not be written.</summary>
    public static Exception OfSend(Exception error, string subject, Type type) => error switch
    {
        ChannelClosedException closed => closed.ForCall(wasSent: false),
        SmpiException or OperationCanceledException => error,
        _ => new EncodingException($"A {type.Name} for '{subject}' could not be encoded: {error.Message}", error),
    };

    /// <summary>The exception of a call whose event loop has ended.</summary>
    public static ChannelClosedException LoopEnded(Exception error) =>
        new(new CloseReason(ErrorCode.Unavailable, "The event loop of the channel has ended and takes no more work.", ClosedBy.Local), error);
}
