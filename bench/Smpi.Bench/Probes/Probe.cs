using System.Globalization;

namespace Smpi.Bench;

/// <summary>A measurement that is done once, in processes of its own.</summary>
internal sealed record Probe(string Name, bool Quick, Func<Options, Task<IReadOnlyList<Finding>>> Run);

/// <summary>A number that a probe found.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="What">What the number is of.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Note">How it came about, or how it spreads.</param>
internal sealed record Finding(string Probe, string What, double Value, string Unit, string Note = "")
{
    public bool Failed { get; init; }

    /// <summary>The median of times in milliseconds, with how they spread.</summary>
    public static Finding OfTimes(string probe, string what, List<double> times)
    {
        times.Sort();
        return new Finding(probe, what, times[times.Count / 2], "ms", string.Create(CultureInfo.InvariantCulture, $"{times[0]:0.00} to {times[^1]:0.00}, {times.Count} times"));
    }
}
