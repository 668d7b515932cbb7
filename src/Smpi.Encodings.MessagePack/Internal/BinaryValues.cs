namespace Smpi;

/// <summary>Values that travel as octets.</summary>
internal static class BinaryValues
{
    public static void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null) writer.WriteNil();
        else writer.WriteBinary(value);
    }

    public static byte[]? ReadArray(ref MessagePackReader reader) => reader.TryReadNil() ? null : ReadObject(ref reader);

    public static byte[] ReadObject(ref MessagePackReader reader)
    {
        reader.Count();
        return reader.ReadBinary().ToArray();
    }

    public static void Write(ref MessagePackWriter writer, Guid value)
    {
        Span<byte> octets = stackalloc byte[16];
        value.TryWriteBytes(octets, bigEndian: true, out _);
        writer.WriteBinary(octets);
    }

    public static Guid ReadGuid(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> octets = reader.ReadBinary();
        return octets.Length == 16 ? new Guid(octets, bigEndian: true) : throw new EncodingException($"A GUID has 16 octets, not {octets.Length}.");
    }
}
