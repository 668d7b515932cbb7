using System.Globalization;

namespace Smpi.Bench;

/// <summary>One round of a workload, as the process says that ran it.</summary>
/// <param name="Count">Operations.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="Client">What this process used for them.</param>
/// <param name="Server">What the other one used.</param>
/// <param name="EncodingsPerEvent">Encodings for each event so far; 0 where they are not counted.</param>
/// <param name="Latency">How long single operations took.</param>
internal sealed record Round(long Count, double Seconds, Usage Client, Usage Server, double EncodingsPerEvent, Latency Latency)
{
    public static Round Parse(string text)
    {
        string[] parts = text.Split('|');
        return new Round(
            long.Parse(parts[0], CultureInfo.InvariantCulture), Double(parts[1]), Usage.Parse(parts[2]), Usage.Parse(parts[3]), Double(parts[4]), Latency.Parse(parts[5]));
    }

    public Measure Measure() => new(
        Count / Seconds,
        Client.Allocated / (double)Count,
        Server.Allocated / (double)Count,
        Client.User / Count * 1e6,
        Client.System / Count * 1e6,
        Server.User / Count * 1e6,
        Server.System / Count * 1e6,
        Client.Gen2 + Server.Gen2);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}|{Seconds:R}|{Client}|{Server}|{EncodingsPerEvent:R}|{Latency}");

    private static double Double(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
