namespace Smpi;

internal readonly struct MemoryScalar : IScalar<Memory<byte>>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "bytes";

    public static Memory<byte> Zero => default;

    public static bool IsZero(Memory<byte> value) => value.IsEmpty;

    public static void Write(ref ProtobufWriter writer, int number, Memory<byte> value) => writer.WriteBytes(number, value.Span);

    public static Memory<byte> Read(ref ProtobufReader reader) => Texts.ReadArray(ref reader);
}
