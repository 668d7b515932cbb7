namespace Smpi;

/// <summary>Which way messages go, seen from the side whose connection is controlled.</summary>
[Flags]
public enum WireDirection
{
    /// <summary>Neither way.</summary>
    None = 0,

    /// <summary>What this side reads.</summary>
    Incoming = 1,

    /// <summary>What this side flushes.</summary>
    Outgoing = 2,

    /// <summary>Both ways.</summary>
    Both = Incoming | Outgoing,
}
