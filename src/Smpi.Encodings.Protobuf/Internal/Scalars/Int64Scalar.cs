namespace Smpi;

internal readonly struct Int64Scalar : IScalar<long>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "int64";

    public static long Zero => 0;

    public static bool IsZero(long value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, long value) => writer.WriteUInt64(number, (ulong)value);

    public static long Read(ref ProtobufReader reader) => reader.ReadInt64();

    public static void Append(ref ProtobufWriter writer, long value) => writer.AppendVarint((ulong)value);
}
