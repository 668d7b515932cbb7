using System.Text;

namespace Smpi;

/// <summary>Texts as strict UTF-8, and arrays of bytes.</summary>
internal static class Texts
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    public static byte[] ReadArray(ref ProtobufReader reader)
    {
        reader.Count();
        return reader.ReadBytes().ToArray();
    }

    public static string Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new EncodingException("A string is not valid UTF-8.", error);
        }
    }
}
