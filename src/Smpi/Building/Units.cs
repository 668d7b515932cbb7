using System.Globalization;

namespace Smpi;

/// <summary>Values with units, as they stand in addresses and configuration.</summary>
internal static class Units
{
    // The longest that the framework's timers take.
    private const double LongestMilliseconds = int.MaxValue;

    /// <summary><c>500ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>, <c>none</c>, or the framework's <c>00:00:05</c>; at most 24 days.</summary>
    public static TimeSpan Duration(string key, string text)
    {
        string value = text.Trim().ToLowerInvariant();
        if (value is "none" or "infinite") return Timeout.InfiniteTimeSpan;
        (string Unit, double Milliseconds)[] units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
        foreach ((string unit, double milliseconds) in units)
        {
            if (value.EndsWith(unit, StringComparison.Ordinal) && Number(value[..^unit.Length]) is { } count && count * milliseconds <= LongestMilliseconds) return TimeSpan.FromMilliseconds(count * milliseconds);
        }

        if (value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero && span.TotalMilliseconds <= LongestMilliseconds) return span;
        throw new SmpiConfigurationException($"'{text}' is no duration for '{key}': write 500ms, 5s, 2m, 1h, none or 00:00:05, at most 24 days.");
    }

    /// <summary><c>65536</c>, <c>64KiB</c>, <c>4MiB</c>, <c>1GiB</c>.</summary>
    public static int Size(string key, string text)
    {
        string value = text.Trim();
        (string Unit, double Octets)[] units = [("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024.0 * 1024 * 1024), ("", 1)];
        foreach ((string unit, double octets) in units)
        {
            if (value.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && Number(value[..^unit.Length]) is { } count && count * octets is >= 1 and <= int.MaxValue) return (int)(count * octets);
        }

        throw new SmpiConfigurationException($"'{text}' is no size for '{key}': write 65536, 64KiB, 4MiB or 1GiB, less than 2 GiB.");
    }

    /// <summary><c>on</c> or <c>off</c>, <c>true</c> or <c>false</c>.</summary>
    public static bool Switch(string key, string text) => text.Trim().ToLowerInvariant() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        _ => throw new SmpiConfigurationException($"'{text}' is no switch for '{key}': write on or off."),
    };

    /// <summary>A whole number from a least one on.</summary>
    public static int Count(string key, string text, int least = 0) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least
            ? count
            : throw new SmpiConfigurationException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no count for '{key}': write a whole number such as 1024, at least {least}."));

    /// <summary>A number that may have a point, within bounds.</summary>
    public static double Number(string key, string text, double least, double most) => Number(text) is { } number && number >= least && number <= most
        ? number
        : throw new SmpiConfigurationException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number for '{key}': write one from {least} to {most}."));

    private static double? Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
}
