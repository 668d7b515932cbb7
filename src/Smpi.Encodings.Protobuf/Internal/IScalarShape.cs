namespace Smpi;

/// <summary>What a scalar is in a <c>.proto</c>.</summary>
internal interface IScalarShape
{
    string Proto { get; }

    ProtobufWireType WireType { get; }
}
