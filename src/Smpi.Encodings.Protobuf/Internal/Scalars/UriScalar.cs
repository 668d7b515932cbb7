namespace Smpi;

internal readonly struct UriScalar : IScalar<Uri>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "string";

    public static Uri Zero => null!;

    public static bool IsZero(Uri value) => false;

    public static void Write(ref ProtobufWriter writer, int number, Uri value) => writer.WriteString(number, value.OriginalString);

    public static Uri Read(ref ProtobufReader reader)
        => Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : throw new EncodingException("A URI is expected.");
}
