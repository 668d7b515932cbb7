namespace Smpi;

/// <summary>How values become Protobuf.</summary>
public sealed record ProtobufEncodingOptions
{
    internal const int DefaultObjects = 262_144;

    /// <summary>How deep messages may be nested, written or read, the outermost one counted. Default 64. Types that protoc generated have the limit of their own code, 100.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>
    /// How many objects (records, collections, strings, arrays of bytes) the values of one body may take when it is read; at least 1.
    /// Default 262,144.
    /// </summary>
    /// <remarks>
    /// Values may take far more memory than their bytes: an empty message is two bytes and may be a record of many members. Types that
    /// protoc generated are not counted within.
    /// </remarks>
    public int Objects { get; init; } = DefaultObjects;

    /// <summary>Shapes written by hand; they come before those that are registered and what reflection finds, and the first of a type wins.</summary>
    public IReadOnlyList<ProtobufShape> Shapes { get; init; } = [];

    /// <summary>The text of a <c>smpi.lock</c>: the numbers that members keep; null for none. It counts for records found by reflection; generated shapes have it built in.</summary>
    public string? Lock { get; init; }
}
