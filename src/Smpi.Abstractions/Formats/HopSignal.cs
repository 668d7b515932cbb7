namespace Smpi;

/// <summary>One piece of hop control.</summary>
/// <param name="Kind">What it is.</param>
public readonly record struct HopSignal(HopSignalKind Kind)
{
    /// <summary>The hello; null for other kinds.</summary>
    public PeerHello? Hello { get; init; }

    /// <summary>The reason of a goodbye; null for other kinds.</summary>
    public CloseReason? Reason { get; init; }

    /// <summary>The octets that a pong gives back to a ping.</summary>
    public ulong Nonce { get; init; }
}
