namespace Smpi;

internal readonly struct UInt16Scalar : IScalar<ushort>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "uint32";

    public static ushort Zero => 0;

    public static bool IsZero(ushort value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, ushort value) => writer.WriteUInt64(number, value);

    public static ushort Read(ref ProtobufReader reader) => (ushort)Ranges.Unsigned(reader.ReadUInt64(), ushort.MaxValue);

    public static void Append(ref ProtobufWriter writer, ushort value) => writer.AppendVarint(value);
}
