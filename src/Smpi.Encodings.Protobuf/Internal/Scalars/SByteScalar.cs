namespace Smpi;

internal readonly struct SByteScalar : IScalar<sbyte>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "int32";

    public static sbyte Zero => 0;

    public static bool IsZero(sbyte value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, sbyte value) => writer.WriteUInt64(number, (ulong)(long)value);

    public static sbyte Read(ref ProtobufReader reader) => (sbyte)Ranges.Signed(reader.ReadInt32(), sbyte.MinValue, sbyte.MaxValue);

    public static void Append(ref ProtobufWriter writer, sbyte value) => writer.AppendVarint((ulong)(long)value);
}
