namespace Smpi;

/// <summary>How the values of a type are one value of Protobuf.</summary>
internal interface IScalar<T>
{
    static abstract ProtobufWireType WireType { get; }

    /// <summary>The type in a <c>.proto</c>.</summary>
    static abstract string Proto { get; }

    /// <summary>What a member has whose field is absent.</summary>
    static abstract T Zero { get; }

    static abstract bool IsZero(T value);

    static abstract void Write(ref ProtobufWriter writer, int number, T value);

    /// <summary>Reads a value after its tag.</summary>
    static abstract T Read(ref ProtobufReader reader);

    /// <summary>Appends a number without its tag.</summary>
    static virtual void Append(ref ProtobufWriter writer, T value) => throw new InvalidOperationException("Only numbers are packed.");
}
