namespace Smpi;

/// <summary>How values become MessagePack.</summary>
public sealed record MessagePackEncodingOptions
{
    internal const int DefaultObjects = 262_144;

    /// <summary>Whether records are written as arrays of their members in order of declaration instead of maps by name. Both forms are read.</summary>
    public bool AsArrays { get; init; }

    /// <summary>How deep arrays and maps may be nested, written or read. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>
    /// How many objects (records, collections, strings, arrays of bytes) the values of one body may take when it is read; at least 1.
    /// Default 262,144.
    /// </summary>
    /// <remarks>Values may take far more memory than their bytes: an empty map is one byte and may be a record of many members.</remarks>
    public int Objects { get; init; } = DefaultObjects;

    /// <summary>Shapes written by hand or by a generator; they come before what reflection finds, and the first of a type wins.</summary>
    public IReadOnlyList<MessagePackShape> Shapes { get; init; } = [];
}
