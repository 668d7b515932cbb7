namespace Smpi;

/// <summary>What a broadcast does with a peer that takes events slower than they come.</summary>
public enum WhenSlow : byte
{
    /// <summary>Its queue keeps the newest events; what is dropped is counted, and announced to it with the next event.</summary>
    DropOldest = 0,

    /// <summary>It is disconnected with <see cref="ErrorCode.EnhanceYourCalm"/>.</summary>
    Disconnect = 1,

    /// <summary>The publisher waits for it: one slow peer holds up the next broadcast, and nothing is lost.</summary>
    Wait = 2,
}
