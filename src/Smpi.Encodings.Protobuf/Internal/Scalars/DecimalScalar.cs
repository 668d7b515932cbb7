using System.Globalization;

namespace Smpi;

internal readonly struct DecimalScalar : IScalar<decimal>
{
    // "-79228162514264337593543950335" and a point.
    private const int Longest = 31;

    public static ProtobufWireType WireType => ProtobufWireType.Length;

    public static string Proto => "string";

    public static decimal Zero => 0m;

    public static bool IsZero(decimal value) => Ranges.IsZero(value);

    public static void Write(ref ProtobufWriter writer, int number, decimal value)
    {
        Span<char> text = stackalloc char[Longest];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        writer.WriteString(number, text[..length]);
    }

    public static decimal Read(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadBytes();
        if (text.IsEmpty) return 0m;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.Length <= 64 && decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw ProtobufFailure.Range("A text that is no number, or too long,", "a decimal");
    }
}
