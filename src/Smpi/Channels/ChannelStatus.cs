namespace Smpi;

/// <summary>A snapshot of a channel.</summary>
public sealed record ChannelStatus
{
    /// <summary>What the channel is doing.</summary>
    public ChannelState State { get; init; }

    /// <summary>The connection in use; null while there is none.</summary>
    public ConnectionInfo? Connection { get; init; }

    /// <summary>How many connections the channel has had.</summary>
    public int Generation { get; init; }

    /// <summary>Calls of this side that wait for their end.</summary>
    public int PendingCalls { get; init; }

    /// <summary>Calls of the peer that are being handled.</summary>
    public int RunningCalls { get; init; }

    /// <summary>Replies that came after their call had ended.</summary>
    public long LateReplies { get; init; }

    /// <summary>Replies to ids that were never issued.</summary>
    public long StrayReplies { get; init; }

    /// <summary>Events that no subscription and no handler took.</summary>
    public long UnhandledEvents { get; init; }

    /// <summary>Why the last connection ended; null while none has. Attempts that fail afterwards do not change it.</summary>
    public CloseReason? LastClose { get; init; }

    /// <summary>Why the last attempt to connect failed; null before the first one, and once a connection stands.</summary>
    public CloseReason? LastFailure { get; init; }
}
