using System.Diagnostics;
using System.Globalization;

namespace Smpi.Bench;

/// <summary>The main program of the process that calls; it starts the server that it calls.</summary>
internal static class ClientMain
{
    public static async Task RunAsync()
    {
        Dictionary<string, Workload> known = Catalogue.Make().ToDictionary(workload => workload.Name);
        var runs = new Dictionary<string, IRun>();
        await using var server = CommandedProcess.StartServer();
        await using var bench = new Bench(server);
        await CommandLoop.RunAsync(async (command, rest) =>
        {
            switch (command)
            {
                case "open":
                    runs[rest] = await known[rest].Open(bench);
                    return "done";
                case "run":
                    (string seconds, string name) = CommandLoop.Cut(rest);
                    return (await RunAsync(runs[name], TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), server)).ToString();
                case "close":
                    if (runs.Remove(rest, out IRun? run)) await run.DisposeAsync();
                    return "done";
                default:
                    return $"failed '{command}': there is no such command";
            }
        });
    }

    private static async Task<Round> RunAsync(IRun run, TimeSpan time, CommandedProcess server)
    {
        // This process is read last before a round and first after it, so that asking the other one does not count.
        var latency = new Latency();
        Usage far = await server.UsageAsync();
        Usage near = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        long count = await run.RunAsync(time, latency);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Usage nearAfter = Usage.Now();
        Usage farAfter = await server.UsageAsync();
        return new Round(count, seconds, nearAfter - near, farAfter - far, run is EventRun events ? events.EncodingsPerEvent : 0, latency);
    }
}
