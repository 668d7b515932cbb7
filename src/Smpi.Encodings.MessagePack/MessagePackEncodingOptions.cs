namespace Smpi;

/// <summary>How values become MessagePack.</summary>
public sealed record MessagePackEncodingOptions
{
    /// <summary>Whether records are written as arrays of their members in order of declaration instead of maps by name. Both forms are read.</summary>
    public bool AsArrays { get; init; }

    /// <summary>How deep arrays and maps may be nested, written or read. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Shapes written by hand or by a generator; they come before what reflection finds, and the first of a type wins.</summary>
    public IReadOnlyList<MessagePackShape> Shapes { get; init; } = [];
}
