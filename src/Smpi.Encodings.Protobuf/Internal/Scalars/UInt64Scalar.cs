namespace Smpi;

internal readonly struct UInt64Scalar : IScalar<ulong>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "uint64";

    public static ulong Zero => 0;

    public static bool IsZero(ulong value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, ulong value) => writer.WriteUInt64(number, value);

    public static ulong Read(ref ProtobufReader reader) => reader.ReadUInt64();

    public static void Append(ref ProtobufWriter writer, ulong value) => writer.AppendVarint(value);
}
