namespace Smpi;

internal readonly struct BytesScalar : IScalar<byte[]>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "bytes";

    public static byte[] Zero => [];

    public static bool IsZero(byte[] value) => value.Length == 0;

    public static void Write(ref ProtobufWriter writer, int number, byte[] value) => writer.WriteBytes(number, value);

    public static byte[] Read(ref ProtobufReader reader) => Texts.ReadArray(ref reader);
}
