namespace Smpi;

/// <summary>A call of this side on its way out, as middleware sees it.</summary>
public sealed class OutgoingCallContext
{
    internal OutgoingCallContext(string subject, CallOptions options, CancellationToken cancellationToken)
    {
        Subject = subject;
        Options = options;
        CancellationToken = cancellationToken;
    }

    /// <summary>What the call is about.</summary>
    public string Subject { get; }

    /// <summary>How it is made: middleware may replace it, to add headers or to shorten the deadline.</summary>
    public CallOptions Options { get; set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; }
}
