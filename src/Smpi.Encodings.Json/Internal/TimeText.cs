namespace Smpi;

/// <summary>Times by ISO 8601.</summary>
internal static class TimeText
{
    // Where the point stands, and where the zone, in the round-trip form with seven digits of the second.
    private const int Point = 19;
    private const int Zone = 27;

    /// <summary>Takes out the zeros at the end of the second, as the serializer does.</summary>
    /// <param name="text">The round-trip form.</param>
    /// <param name="length">Its length.</param>
    /// <returns>What is left of the length.</returns>
    public static int Trim(Span<byte> text, int length)
    {
        int end = Zone;
        while (text[end - 1] == (byte)'0') end--;
        if (end == Point + 1) end = Point;
        text[Zone..length].CopyTo(text[end..]);
        return length - (Zone - end);
    }
}
