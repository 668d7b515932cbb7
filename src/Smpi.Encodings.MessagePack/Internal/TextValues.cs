using System.Globalization;
using System.Text;

namespace Smpi;

/// <summary>Values that travel as text of the invariant culture.</summary>
internal static class TextValues
{
    // "-79228162514264337593543950335" and a point.
    private const int LongestDecimal = 31;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>Checks and decodes.</summary>
    public static string Decode(ReadOnlySpan<byte> text) => AsciiText.Is(text) ? AsciiText.Widen(text) : DecodeUtf8(text);

    private static string DecodeUtf8(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw MessagePackFailure.NoText();
        }
    }

    public static void Write(ref MessagePackWriter writer, decimal value)
    {
        Span<char> text = stackalloc char[LongestDecimal];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }

    public static decimal ReadDecimal(ref MessagePackReader reader)
    {
        if (reader.NextType == MessagePackType.Integer) return ReadInteger(ref reader);
        ReadOnlySpan<byte> text = reader.ReadUtf8();
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.Length <= 64 && decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw MessagePackFailure.Range("A text that is no number, or too long,", "a decimal");
    }

    public static char ReadChar(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadUtf8();
        Span<char> chars = stackalloc char[4];
        return text.Length is > 0 and <= 4 && Encoding.UTF8.GetChars(text, chars) == 1
            ? chars[0]
            : throw new EncodingException("A string of one character is expected.");
    }

    public static void Write(ref MessagePackWriter writer, DateOnly value)
    {
        Span<char> text = stackalloc char[10];
        value.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }

    public static DateOnly ReadDate(ref MessagePackReader reader)
    {
        return DateOnly.TryParseExact(Short(ref reader), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)
            ? value
            : throw new EncodingException("A date such as 2026-11-21 is expected.");
    }

    public static void Write(ref MessagePackWriter writer, TimeOnly value)
    {
        Span<char> text = stackalloc char[16];
        value.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }

    public static TimeOnly ReadTime(ref MessagePackReader reader)
    {
        string given = Short(ref reader);
        return TimeOnly.TryParseExact(given, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly value)
            || TimeOnly.TryParseExact(given, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
                ? value
                : throw new EncodingException("A time such as 12:30:00 is expected.");
    }

    public static Uri? ReadUri(ref MessagePackReader reader)
    {
        if (reader.ReadString() is not { } text) return null;
        return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : throw new EncodingException("A URI is expected.");
    }

    /// <summary>A text of at most 32 octets; empty when it is longer.</summary>
    private static string Short(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadUtf8();
        return text.Length <= 32 ? Encoding.UTF8.GetString(text) : "";
    }

    private static decimal ReadInteger(ref MessagePackReader reader)
    {
        MessagePackReader probe = reader;
        try
        {
            return reader.ReadInt64();
        }
        catch (EncodingException)
        {
            reader = probe;
            return reader.ReadUInt64();
        }
    }
}
