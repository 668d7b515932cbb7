using System.Globalization;

namespace Smpi.Bench;

/// <summary>The targets, judged by a report. They are meant for the base wire where they name no other: typed records, MessagePack by generated shapes, the native format, TCP.</summary>
internal sealed class Targets(Report report)
{
    private static readonly (string Name, double Least)[] OfTheLimit =
    [
        ("unary, 1 in flight", 0.85),
        ("unary, 64 in flight", 0.50),
        ("unary, 64 in flight [inline loop]", 0.57),
        ("unary, 512 in flight", 0.28),
        ("server stream, items", 0.25),
        ("unary, 1 MiB", 0.90),
    ];

    private static readonly (string What, double Least, string Name)[] OfTheBase =
    [
        ("JSON against MessagePack, 64 in flight", 0.5, "unary, 64 in flight [json]"),
        ("Unix socket against TCP, 64 in flight", 1.0, "unary, 64 in flight [unix]"),
        ("WebSocket against TCP, 64 in flight", 0.6, "unary, 64 in flight [ws]"),
    ];

    /// <summary>Whether a target is about the rate of a workload.</summary>
    public static bool IsAbout(Workload workload) => OfTheLimit.Any(target => target.Name == workload.Name) || OfTheBase.Any(target => target.Name == workload.Name);

    public IReadOnlyList<Target> Judge() =>
    [
        .. OfTheLimit.Select(target => Ratio(target.Name, target.Least)),
        AtMost("unary, 64 in flight: processor time of both sides for a request", 1.8, "us", report.Find("unary, 64 in flight")?.Median(round => round.Cpu)),
        AtMost("unary, 1 MiB: gen2 collections, both sides", 0, "", report.Find("unary, 1 MiB")?.Gen2),
        AtMost("unary, 64 in flight: octets of the library's own, client", 0, "B", report.Find("unary, 64 in flight")?.OwnClient),
        AtMost("unary, 64 in flight: octets of the library's own, server", 0, "B", report.Find("unary, 64 in flight")?.OwnServer),
        AtMost("events to 1,000 subscribers in process: encodings for each event", 1, "", report.Find("events to 1,000 subscribers, deliveries [memory]")?.Encodings),
        AtMost("events to 1,000 subscribers in process: octets for each delivery", 0, "B", report.Find("events to 1,000 subscribers, deliveries [memory]")?.OwnClient),
        .. OfTheBase.Select(target => Between(target.What, target.Least, target.Name, "unary, 64 in flight")),
        AtMost("idle TCP connection, server, managed heap", 6, "KiB", Found("idle connections [tcp]", "server, managed heap")),
        AtMost("idle TCP connection, server, resident", 6, "KiB", Found("idle connections [tcp]", "server, resident")),
        AtMost("idle WebSocket connection, server, managed heap", 12, "KiB", Found("idle connections [ws]", "server, managed heap")),
        AtMost("idle WebSocket connection, server, resident", 12, "KiB", Found("idle connections [ws]", "server, resident")),
        AtMost("first reply of a NativeAOT child over stdio", 30, "ms", Found("first reply", "NativeAOT: a child over stdio, to its first reply")),
    ];

    private Target Ratio(string name, double least)
    {
        double? ratio = report.Find(name)?.OfLimit;
        return new Target($"{name}, of raw asynchronous sockets", Text($">= {least:0.00}"), ratio is { } found ? Text($"{found:0.00}") : null, ratio >= least);
    }

    // Both have processes and moments of their own, so what is compared is how near each comes to its limit.
    private Target Between(string what, double least, string name, string other)
    {
        double? ratio = report.Find(name)?.OfLimit / report.Find(other)?.OfLimit;
        return new Target(what, Text($">= {least:0.00}"), ratio is { } found ? Text($"{found:0.00}") : null, ratio >= least);
    }

    private static Target AtMost(string what, double most, string unit, double? value) =>
        new(what, Text($"<= {most:0.##} {unit}").TrimEnd(), value is { } found ? Text($"{found:0.##} {unit}").TrimEnd() : null, value <= most);

    private double? Found(string probe, string what) => report.Findings.FirstOrDefault(finding => finding.Probe == probe && finding.What == what && !finding.Failed)?.Value;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
