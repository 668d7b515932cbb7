using System.Globalization;
using System.Text;

namespace Smpi;

internal readonly struct DateOnlyScalar : IScalar<DateOnly>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "string";

    public static DateOnly Zero => default;

    public static bool IsZero(DateOnly value) => value == default;

    public static void Write(ref ProtobufWriter writer, int number, DateOnly value)
    {
        Span<char> text = stackalloc char[10];
        value.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(number, text[..length]);
    }

    public static DateOnly Read(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> octets = reader.ReadBytes();
        if (octets.IsEmpty) return default;
        string text = octets.Length <= 32 ? Encoding.UTF8.GetString(octets) : "";
        return DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)
            ? value
            : throw new EncodingException("A date such as 2026-11-21 is expected.");
    }
}
