namespace Smpi;

internal readonly struct Int16Scalar : IScalar<short>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "int32";

    public static short Zero => 0;

    public static bool IsZero(short value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, short value) => writer.WriteUInt64(number, (ulong)(long)value);

    public static short Read(ref ProtobufReader reader) => (short)Ranges.Signed(reader.ReadInt32(), short.MinValue, short.MaxValue);

    public static void Append(ref ProtobufWriter writer, short value) => writer.AppendVarint((ulong)(long)value);
}
