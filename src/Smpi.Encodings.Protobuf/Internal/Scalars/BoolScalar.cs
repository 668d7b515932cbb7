namespace Smpi;

internal readonly struct BoolScalar : IScalar<bool>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "bool";

    public static bool Zero => false;

    public static bool IsZero(bool value) => !value;

    public static void Write(ref ProtobufWriter writer, int number, bool value) => writer.WriteBool(number, value);

    public static bool Read(ref ProtobufReader reader) => reader.ReadBool();

    public static void Append(ref ProtobufWriter writer, bool value) => writer.AppendVarint(value ? 1u : 0);
}
