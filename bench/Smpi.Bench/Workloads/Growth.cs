using System.Globalization;

namespace Smpi.Bench;

/// <summary>How the cost of a call grows: the points of the plots.</summary>
internal static class Growth
{
    public static IEnumerable<Workload> Make()
    {
        var wire = new Wire();
        foreach (int size in new[] { 64, 1 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20 })
        {
            yield return Named(Catalogue.Octets(wire, size), "payload", "Smpi over TCP", size);
            yield return Named(new Workload("", null, bench => RawRun.OpenAsync(bench, "async", 1, size + 40, 1)), "payload", "raw sockets", size);
        }

        foreach (int count in new[] { 1, 4, 16, 64, 256, 512 })
        {
            yield return Named(Catalogue.Unary(wire, 1, count), "in flight", "Smpi over TCP", count);
            yield return Named(Catalogue.Raw("async", 1, count, RawFrames.SmallSize), "in flight", "raw sockets", count);
        }

        foreach (int count in new[] { 1, 4, 16, 64, 256 })
        {
            yield return Named(Catalogue.Unary(wire, count, 8), "connections", "Smpi over TCP", count);
            yield return Named(Catalogue.Raw("async", count, 8, RawFrames.SmallSize), "connections", "raw sockets", count);
        }

        foreach (int depth in new[] { 1, 2, 4, 8, 16, 32 })
        {
            foreach (string encoding in Dimensions.Encodings.Keys.Where(name => name != "hand")) yield return Named(Deep(wire with { Encoding = encoding }, depth), "nesting depth", encoding, depth);
        }
    }

    private static Workload Named(Workload workload, string plot, string series, int x) => workload with
    {
        Kind = string.Create(CultureInfo.InvariantCulture, $"growth with {plot}: {series}, {x}"),
        Wire = null,
        At = workload.Wire ?? new Wire(),
        Apart = "growth",
        Point = new PlotPoint(plot, series, x),
    };

    private static Workload Deep(Wire wire, int depth) => new("", wire, async bench =>
    {
        Nested nested = Nested.Of(depth);
        return new CallRun<Nested>(await bench.ConnectAsync(wire, 1), 16, channel => channel.RequestAsync(nested));
    });
}
