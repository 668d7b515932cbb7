using System.Buffers.Text;

namespace Smpi;

/// <summary>Numbers with few digits, which most are: written and read by integers, several times faster than in general.</summary>
/// <remarks>
/// A decimal of at most 15 digits that a double stands for is the only one of that length, so it is the shortest one. A quotient of two integers that doubles
/// hold exactly is rounded once, as the general way rounds.
/// </remarks>
internal static class ShortNumber
{
    private const long Scale = 10_000;
    private const double Largest = 1e15;

    private static ReadOnlySpan<double> Tens =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static ReadOnlySpan<float> SingleTens => [1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f];

    /// <summary>Writes a number that has at most four digits after its point.</summary>
    /// <param name="value">The number; finite.</param>
    /// <param name="room">At least 32 octets.</param>
    /// <param name="written">How many were written.</param>
    public static bool TryFormat(double value, Span<byte> room, out int written)
    {
        written = 0;
        double scaled = Math.Round(value * Scale);

        // Minus zero equals zero and is written with its sign.
        if (!(Math.Abs(scaled) < Largest) || scaled / Scale != value || (scaled == 0 && double.IsNegative(value))) return false;
        long digits = (long)scaled;
        if (digits < 0)
        {
            room[written++] = (byte)'-';
            digits = -digits;
        }

        (long whole, long rest) = Math.DivRem(digits, Scale);
        if (whole < 10)
        {
            room[written++] = (byte)('0' + whole);
        }
        else
        {
            Utf8Formatter.TryFormat(whole, room[written..], out int count);
            written += count;
        }

        if (rest == 0) return true;
        room[written++] = (byte)'.';
        for (long unit = Scale / 10; rest > 0; unit /= 10)
        {
            (long digit, rest) = Math.DivRem(rest, unit);
            room[written++] = (byte)('0' + digit);
        }

        return true;
    }

    /// <summary>Divides digits by a power of ten where that is exact up to one rounding.</summary>
    public static bool TryDivide(ulong digits, int places, out double value)
    {
        bool isExact = digits <= 1UL << 53 && places < Tens.Length;
        value = isExact ? digits / Tens[places] : 0;
        return isExact;
    }

    /// <summary>The same for floats.</summary>
    public static bool TryDivide(ulong digits, int places, out float value)
    {
        bool isExact = digits <= 1UL << 24 && places < SingleTens.Length;
        value = isExact ? digits / SingleTens[places] : 0;
        return isExact;
    }
}
