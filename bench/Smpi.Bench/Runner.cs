using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>Runs the workloads in turn, several times, so that a slow moment of the machine hits them all alike.</summary>
internal static class Runner
{
    public static async Task<Dictionary<string, List<Measure>>> RunAsync(IReadOnlyList<Workload> workloads, int rounds, TimeSpan time)
    {
        var results = workloads.ToDictionary(workload => workload.Name, _ => new List<Measure>());
        foreach (Workload workload in workloads) await workload.Run(time);
        for (int round = 0; round < rounds; round++)
        {
            foreach (Workload workload in workloads) results[workload.Name].Add(await OnceAsync(workload, time));
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }

        return results;
    }

    private static async Task<Measure> OnceAsync(Workload workload, TimeSpan time)
    {
        Usage server = await AskAsync(workload);
        Usage client = BenchServer.Measure();
        long start = Stopwatch.GetTimestamp();
        long count = await workload.Run(time);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Usage clientAfter = BenchServer.Measure();
        Usage serverAfter = await AskAsync(workload);
        double cpu = clientAfter.CpuSeconds - client.CpuSeconds + serverAfter.CpuSeconds - server.CpuSeconds;
        return new Measure(count / seconds, (double)(clientAfter.Allocated - client.Allocated) / count, (double)(serverAfter.Allocated - server.Allocated) / count, cpu / count * 1e6);
    }

    private static async Task<Usage> AskAsync(Workload workload) =>
        workload.Channel is null ? new Usage(0, 0) : await workload.Channel.RequestAsync<int, Usage>("usage", 0);
}
