namespace Smpi;

internal readonly struct UInt32Scalar : IScalar<uint>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "uint32";

    public static uint Zero => 0;

    public static bool IsZero(uint value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, uint value) => writer.WriteUInt64(number, value);

    public static uint Read(ref ProtobufReader reader) => reader.ReadUInt32();

    public static void Append(ref ProtobufWriter writer, uint value) => writer.AppendVarint(value);
}
