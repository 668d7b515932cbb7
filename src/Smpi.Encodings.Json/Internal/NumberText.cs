namespace Smpi;

/// <summary>Numbers by the grammar of JSON.</summary>
internal static class NumberText
{
    // Any number of so many digits fits; of those with one more, the ones that begin with 1 and are not below this.
    private const int MostDigits = 19;
    private const ulong Overflown = 10_000_000_000_000_000_000;

    /// <summary>The digits of an integer without a sign.</summary>
    /// <param name="text">Begins with the integer.</param>
    /// <param name="digits">The integer.</param>
    /// <returns>How many digits; 0 for what is no integer, or has more than fit.</returns>
    public static int Integer(ReadOnlySpan<byte> text, out ulong digits)
    {
        digits = 0;
        int at = Run(text, 0, ref digits);
        bool isNone = at > MostDigits ? at > MostDigits + 1 || text[0] != (byte)'1' || digits < Overflown : at > 1 && text[0] == (byte)'0';
        return isNone ? 0 : at;
    }

    /// <summary>The length of a number.</summary>
    /// <param name="text">Begins with the number.</param>
    /// <param name="digits">Its digits without sign and point.</param>
    /// <param name="places">How many of them stand after the point; -1 when the digits do not say it all.</param>
    /// <returns>The length; 0 for what is no number.</returns>
    public static int Length(ReadOnlySpan<byte> text, out ulong digits, out int places)
    {
        (digits, places) = (0, -1);
        int start = !text.IsEmpty && text[0] == (byte)'-' ? 1 : 0;
        int point = Run(text, start, ref digits), at = point;
        if (point == start || (point > start + 1 && text[start] == (byte)'0')) return 0;
        int fraction = 0;
        if (at < text.Length && text[at] == (byte)'.')
        {
            at = Run(text, point + 1, ref digits);
            fraction = at - point - 1;
            if (fraction == 0) return 0;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e') return Exponent(text, at + 1);
        if (point - start + fraction <= MostDigits) places = fraction;
        return at;
    }

    private static int Exponent(ReadOnlySpan<byte> text, int at)
    {
        if (at < text.Length && text[at] is (byte)'+' or (byte)'-') at++;
        ulong exponent = 0;
        int end = Run(text, at, ref exponent);
        return end == at ? 0 : end;
    }

    private static int Run(ReadOnlySpan<byte> text, int at, ref ulong digits)
    {
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++) digits = (digits * 10) + (uint)(text[at] - '0');
        return at;
    }
}
