namespace Smpi;

/// <summary>What happens to events when a subscriber is slower than its publisher.</summary>
public enum WhenFull : byte
{
    /// <summary>The publisher waits: nothing is lost. The default where the format can say credit.</summary>
    Wait = 0,

    /// <summary>Only the newest event is kept; the others are counted as dropped.</summary>
    KeepLatest = 1,

    /// <summary>The oldest events are dropped and counted.</summary>
    DropOldest = 2,

    /// <summary>The subscription ends with an error.</summary>
    Fail = 3,
}
