namespace Smpi;

internal readonly struct ByteScalar : IScalar<byte>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "uint32";

    public static byte Zero => 0;

    public static bool IsZero(byte value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, byte value) => writer.WriteUInt64(number, value);

    public static byte Read(ref ProtobufReader reader) => (byte)Ranges.Unsigned(reader.ReadUInt64(), byte.MaxValue);

    public static void Append(ref ProtobufWriter writer, byte value) => writer.AppendVarint(value);
}
