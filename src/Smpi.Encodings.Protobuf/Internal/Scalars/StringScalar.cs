namespace Smpi;

internal readonly struct StringScalar : IScalar<string>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "string";

    public static string Zero => "";

    public static bool IsZero(string value) => value.Length == 0;

    public static void Write(ref ProtobufWriter writer, int number, string value) => writer.WriteString(number, value);

    public static string Read(ref ProtobufReader reader) => reader.ReadString();
}
