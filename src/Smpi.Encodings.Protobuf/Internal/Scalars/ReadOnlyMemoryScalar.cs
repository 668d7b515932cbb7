namespace Smpi;

internal readonly struct ReadOnlyMemoryScalar : IScalar<ReadOnlyMemory<byte>>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "bytes";

    public static ReadOnlyMemory<byte> Zero => default;

    public static bool IsZero(ReadOnlyMemory<byte> value) => value.IsEmpty;

    public static void Write(ref ProtobufWriter writer, int number, ReadOnlyMemory<byte> value) => writer.WriteBytes(number, value.Span);

    public static ReadOnlyMemory<byte> Read(ref ProtobufReader reader) => Texts.ReadArray(ref reader);
}
