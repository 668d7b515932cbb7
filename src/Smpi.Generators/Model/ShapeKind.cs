namespace Smpi.Generators;

/// <summary>What a type is on the wire.</summary>
internal enum ShapeKind
{
    /// <summary>One value of every encoding: numbers, text, octets, times.</summary>
    Scalar,

    Enum,

    Nullable,

    Array,

    List,

    Set,

    Dictionary,

    Record,

    Union,

    /// <summary>A type made by the compiler of Protobuf.</summary>
    Message,

    /// <summary>No encoding with shapes can carry it; <see cref="TypeModel.Problem"/> says why.</summary>
    Unknown,
}
