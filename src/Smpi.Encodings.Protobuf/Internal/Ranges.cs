namespace Smpi;

/// <summary>Checks that numbers fit the type of their member.</summary>
internal static class Ranges
{
    public static int Signed(int value, int minimum, int maximum) =>
        value >= minimum && value <= maximum ? value : throw ProtobufFailure.Range($"{value}", $"the range of {minimum} to {maximum}");

    public static uint Unsigned(ulong value, uint maximum) =>
        value <= maximum ? (uint)value : throw ProtobufFailure.Range($"{value}", $"the range of 0 to {maximum}");

    /// <summary>Whether a number is 0 without a sign or digits after the point, which would be lost.</summary>
    public static bool IsZero(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (bits[0] | bits[1] | bits[2] | bits[3]) == 0;
    }
}
