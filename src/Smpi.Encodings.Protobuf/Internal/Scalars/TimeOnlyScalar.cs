using System.Globalization;
using System.Text;

namespace Smpi;

internal readonly struct TimeOnlyScalar : IScalar<TimeOnly>
{
    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "string";

    public static TimeOnly Zero => default;

    public static bool IsZero(TimeOnly value) => value == default;

    public static void Write(ref ProtobufWriter writer, int number, TimeOnly value)
    {
        Span<char> text = stackalloc char[16];
        value.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(number, text[..length]);
    }

    public static TimeOnly Read(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> octets = reader.ReadBytes();
        if (octets.IsEmpty) return default;
        string text = octets.Length <= 32 ? Encoding.UTF8.GetString(octets) : "";
        return TimeOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly value)
            || TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            ? value
            : throw new EncodingException("A time such as 12:30:00 is expected.");
    }
}
