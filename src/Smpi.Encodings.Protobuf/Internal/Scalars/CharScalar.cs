namespace Smpi;

internal readonly struct CharScalar : IScalar<char>
{
    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => "uint32";

    public static char Zero => '\0';

    public static bool IsZero(char value) => value == 0;

    public static void Write(ref ProtobufWriter writer, int number, char value) => writer.WriteUInt64(number, value);

    public static char Read(ref ProtobufReader reader) => (char)Ranges.Unsigned(reader.ReadUInt64(), char.MaxValue);

    public static void Append(ref ProtobufWriter writer, char value) => writer.AppendVarint(value);
}
