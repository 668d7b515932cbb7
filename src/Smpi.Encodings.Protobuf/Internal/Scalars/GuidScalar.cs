namespace Smpi;

internal readonly struct GuidScalar : IScalar<Guid>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "bytes";

    public static Guid Zero => Guid.Empty;

    public static bool IsZero(Guid value) => value == Guid.Empty;

    public static void Write(ref ProtobufWriter writer, int number, Guid value)
    {
        Span<byte> octets = stackalloc byte[16];
        value.TryWriteBytes(octets, bigEndian: true, out _);
        writer.WriteBytes(number, octets);
    }

    public static Guid Read(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> octets = reader.ReadBytes();
        return octets.Length switch
        {
            16 => new Guid(octets, bigEndian: true),
            0 => Guid.Empty,
            _ => throw new EncodingException($"A GUID has 16 octets, not {octets.Length}."),
        };
    }
}
