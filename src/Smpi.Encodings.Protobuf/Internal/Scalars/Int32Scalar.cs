namespace Smpi;

internal readonly struct Int32Scalar : IScalar<int>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "int32";

    public static int Zero => 0;

    public static bool IsZero(int value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, int value) => writer.WriteUInt64(number, (ulong)(long)value);

    public static int Read(ref ProtobufReader reader) => reader.ReadInt32();

    public static void Append(ref ProtobufWriter writer, int value) => writer.AppendVarint((ulong)(long)value);
}
