namespace Smpi;

/// <summary>How one side writes to memory connections.</summary>
public sealed record MemoryOptions
{
    /// <summary>Hands values over themselves instead of encoding them, where the channel has them. Default false.</summary>
    /// <remarks>Both sides then share one object: use it for immutable records only. It says how this side writes; the peer's option says how the peer writes.</remarks>
    public bool ByReference { get; init; }

    /// <summary>Runs the wire format over bytes in memory, also when it is the native one. One side that asks for it is enough. Default false.</summary>
    public bool Bytes { get; init; }
}
