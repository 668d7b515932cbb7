using System.Globalization;

namespace Smpi.Bench;

/// <summary>All workloads: kinds of work times wires. A new kind is one line in <see cref="Kinds"/>, a new wire one line in <see cref="Dimensions"/>.</summary>
internal static class Catalogue
{
    private const int Mebi = 1 << 20;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Which wires a kind runs on besides the base.</summary>
    [Flags]
    private enum On
    {
        Base = 0,
        Protocols = 1,
        Encodings = 2,
        Loops = 4,
        Terms = 8,
        Memory = 16,
        All = Protocols | Encodings | Loops | Terms,
    }

    public static IReadOnlyList<Workload> Make(bool peers = false)
    {
        var list = new List<Workload>();
        foreach (string kind in new[] { "async", "blocking", "pipelines" })
        {
            foreach (int count in new[] { 1, 64, 512 }) list.Add(Raw(kind, 1, count, RawFrames.SmallSize) with { Quick = kind == "async" || count == 64 });
        }

        list.Add(Raw("async", 64, 8, RawFrames.SmallSize) with { Quick = true });
        list.Add(new Workload("raw async, one way", null, RawPushRun.OpenAsync) { Quick = true });
        list.Add(Raw("async", 1, 1, Mebi) with { Quick = true, Payload = Mebi });
        list.Add(Raw("async", 1, 1, 64 * Mebi) with { Payload = 64 * Mebi });
        foreach (string encoding in Dimensions.Encodings.Keys)
        {
            list.Add(new Workload("codec alone", new Wire(Encoding: encoding), _ => Task.FromResult<IRun>(new CodecRun(Dimensions.Encodings[encoding]()))) { Quick = true });
        }

        foreach ((string kind, On on, string? limit, Func<Wire, Workload> make) in Kinds())
        {
            foreach (Wire wire in Wires(on))
            {
                bool isBase = wire.Label.Length == 0 || on == On.Memory;
                list.Add(make(wire) with { Kind = kind, Wire = wire, Limit = limit, Apart = isBase ? Apart(kind) : "", Quick = (isBase && !kind.Contains("64 MiB", StringComparison.Ordinal)) || kind == "unary, 64 in flight" });
            }

            if (peers && on != On.Memory) list.AddRange(Peers.Of(kind, limit));
        }

        return [.. list.Concat(Growth.Make()).DistinctBy(workload => workload.Name)];
    }

    public static Workload Raw(string kind, int connections, int inFlight, int size) => new(
        size != RawFrames.SmallSize ? $"raw {kind}, {size / Mebi} MiB" : connections > 1 ? $"raw {kind}, {connections} connections with {inFlight} each" : $"raw {kind}, {inFlight} in flight",
        null,
        bench => RawRun.OpenAsync(bench, kind, connections, size, inFlight));

    public static Workload Unary(Wire wire, int connections, int callers) =>
        new("", wire, async bench => new CallRun<Row>(await bench.ConnectAsync(wire, connections), callers, channel => Host.CallAsync(channel)))
        {
            Records = () => (CodecRun.OctetsOf(wire.Encoding), CodecRun.OctetsOf(wire.Encoding)),
        };

    public static Workload Octets(Wire wire, int size) => new("", wire, async bench => new OctetsRun((await bench.ConnectAsync(wire, 1))[0], size)) { Payload = size };

    // A thousand connections, or payloads of tens of mebioctets, weigh on everything that runs in the same process.
    private static string Apart(string kind) =>
        kind.StartsWith("events", StringComparison.Ordinal) ? "events" : kind.EndsWith("MiB", StringComparison.Ordinal) ? "large payloads" : kind.Contains("connections", StringComparison.Ordinal) ? "connections" : "";

    private static Workload Stream(Wire wire, bool bothWays) =>
        new("", wire, async bench => new StreamRun((await bench.ConnectAsync(wire, 1))[0], bothWays))
        {
            Records = () => (CodecRun.OctetsOf(wire.Encoding), bothWays ? CodecRun.OctetsOf(wire.Encoding) : 0),
        };

    private static Workload Events(Wire wire, int subscribers) => new("", wire, async bench => await EventRun.OpenAsync(bench, wire, subscribers));

    private static IEnumerable<(string Kind, On On, string? Limit, Func<Wire, Workload> Make)> Kinds() =>
    [
        ("unary, 1 in flight", On.Protocols | On.Encodings | On.Loops, "raw async, 1 in flight", wire => Unary(wire, 1, 1)),
        ("unary, 64 in flight", On.All, "raw async, 64 in flight", wire => Unary(wire, 1, 64)),
        ("unary, 512 in flight", On.Protocols | On.Encodings | On.Loops, "raw async, 512 in flight", wire => Unary(wire, 1, 512)),
        ("unary, 64 connections with 8 each", On.Protocols | On.Encodings, "raw async, 64 connections with 8 each", wire => Unary(wire, 64, 8)),
        ("server stream, items", On.All, "raw async, one way", wire => Stream(wire, false)),
        ("both ways stream, items", On.Protocols | On.Encodings | On.Loops, "raw async, one way", wire => Stream(wire, true)),
        ("unary, 1 MiB", On.Protocols, "raw async, 1 MiB", wire => Octets(wire, Mebi)),
        ("unary, 64 MiB", On.Base, "raw async, 64 MiB", wire => Octets(wire, 64 * Mebi)),
        .. EventKinds(),
    ];

    private static IEnumerable<(string Kind, On On, string? Limit, Func<Wire, Workload> Make)> EventKinds()
    {
        foreach (int subscribers in new[] { 1, 100, 1000 })
        {
            string whom = string.Create(Plain, $"{subscribers:N0} subscriber{(subscribers == 1 ? "" : "s")}");
            yield return ($"events to {whom}, deliveries", subscribers == 1 ? On.Protocols | On.Encodings | On.Loops : On.Base, null, wire => Events(wire, subscribers));
            if (subscribers > 1) yield return ($"events to {whom}, deliveries", On.Memory, null, wire => Events(wire, subscribers));
        }
    }

    private static IEnumerable<Wire> Wires(On on)
    {
        var own = new Wire();
        if (on == On.Memory) return [own with { Protocol = "memory" }, own with { Protocol = "memory by octets" }];
        List<Wire> wires = [own];
        if (on.HasFlag(On.Protocols)) wires.AddRange(Dimensions.Protocols.Select(choice => own with { Protocol = choice.Name }));
        if (on.HasFlag(On.Protocols)) wires.AddRange(Dimensions.Formats.Keys.Select(name => own with { Format = name }));
        if (on.HasFlag(On.Encodings)) wires.AddRange(Dimensions.Encodings.Keys.Select(name => own with { Encoding = name }));
        if (on.HasFlag(On.Loops)) wires.AddRange(Dimensions.Loops.Keys.Select(name => own with { Loop = name }));
        if (on.HasFlag(On.Terms)) wires.AddRange(Dimensions.Terms.Keys.Select(name => own with { Terms = name }));
        return wires.Distinct();
    }
}
