using System.Globalization;

namespace Smpi.Bench;

/// <summary>Millions of events over one connection: the memory of both processes has to stay where it is.</summary>
internal static class SteadyMemory
{
    private const int Parts = 10;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Options options)
    {
        int events = options.Quick ? 1_000_000 : 10_000_000;
        await using var server = CommandedProcess.StartServer();
        await using var bench = new Bench(server);
        await using EventRun run = await EventRun.OpenAsync(bench, new Wire(), 1);
        await run.BurstAsync(events / 100);
        var near = new List<Usage>();
        var far = new List<Usage>();
        for (int part = 0; part < Parts; part++)
        {
            await run.BurstAsync(events / Parts);
            near.Add(Usage.Settled());
            far.Add(await server.UsageAsync(settled: true));
        }

        string whom = string.Create(CultureInfo.InvariantCulture, $"{events:N0} events");
        return
        [
            new Finding("steady memory", "subscriber, growth of the managed heap", Kibi(near[^1].Heap - near[0].Heap), "KiB", $"{whom}; {Trace(near, usage => usage.Heap)}"),
            new Finding("steady memory", "subscriber, growth of resident memory", Kibi(near[^1].Resident - near[0].Resident), "KiB", $"{whom}; {Trace(near, usage => usage.Resident)}"),
            new Finding("steady memory", "publisher, growth of the managed heap", Kibi(far[^1].Heap - far[0].Heap), "KiB", $"{whom}; {Trace(far, usage => usage.Heap)}"),
            new Finding("steady memory", "publisher, growth of resident memory", Kibi(far[^1].Resident - far[0].Resident), "KiB", $"{whom}; {Trace(far, usage => usage.Resident)}"),
            new Finding("steady memory", "publisher, octets allocated for each event", (double)(far[^1].Allocated - far[0].Allocated) / (events / Parts * (Parts - 1)), "B", whom),
        ];
    }

    private static double Kibi(long octets) => octets / 1024.0;

    private static string Trace(List<Usage> usages, Func<Usage, long> part) =>
        string.Join(" ", usages.Select(usage => (part(usage) / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture))) + " MiB";
}
