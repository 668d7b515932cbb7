using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>Runs the workloads in turn, several times, so that a slow moment of the machine hits them all alike.</summary>
internal sealed class Runner(Bench bench, Options options)
{
    /// <summary>The points of the plots need fewer rounds.</summary>
    private const int PointRounds = 3;

    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<Workload> workloads)
    {
        var ready = new List<(Result Result, IRun Run)>();
        Result[] results = [.. workloads.Select(workload => new Result(workload))];
        foreach (Result result in results)
        {
            Progress($"open {ready.Count + 1}/{results.Length} {result.Workload.Name}");
            await GuardAsync(result, async () =>
            {
                IRun run = await result.Workload.Open(bench).WaitAsync(options.Patience);
                ready.Add((result, run));
                await run.RunAsync(options.WarmUp, new Latency()).WaitAsync(options.Patience);
            });
        }

        await WarmUpAsync(ready);

        for (int round = 0; round < options.Rounds; round++)
        {
            if (Console.IsErrorRedirected) await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}, {ready.Count} workloads");
            foreach ((Result result, IRun run) in ready.Where(one => one.Result.Failure is null))
            {
                if (result.Workload.Point is not null && round >= PointRounds) continue;
                Progress($"round {round + 1}/{options.Rounds} {result.Workload.Name}");
                await GuardAsync(result, async () => result.Rounds.Add(await OnceAsync(result, run)));
            }
        }

        foreach ((Result result, IRun run) in ready)
        {
            if (run is EventRun { EncodingsPerEvent: > 0 } events) result.Encodings = events.EncodingsPerEvent;
            if (result.Failure is null) await GuardAsync(result, async () => await run.DisposeAsync().AsTask().WaitAsync(options.Patience));
        }

        Progress("");
        return results;
    }

    // Code is compiled well only some time after it ran first, so a few workloads are repeated until then.
    private async Task WarmUpAsync(List<(Result Result, IRun Run)> ready)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            foreach ((Result result, IRun run) in ready.Where(one => one.Result.Failure is null))
            {
                Progress($"warm up {result.Workload.Name}");
                await GuardAsync(result, () => run.RunAsync(options.WarmUp, new Latency()).WaitAsync(options.Patience));
            }
        }
        while (ready.Any(one => one.Result.Failure is null) && Stopwatch.GetElapsedTime(start) < LeastWarmUp);
    }

    private static async Task GuardAsync(Result result, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (PeerMissingException missing)
        {
            result.Missing = missing.Message;
            await Console.Error.WriteLineAsync($"\nleft out {result.Workload.Name}: {result.Missing}");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            result.Failure = $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";
            await Console.Error.WriteLineAsync($"\nfailed {result.Workload.Name}: {result.Failure}");
        }
    }

    private async Task<Measure> OnceAsync(Result result, IRun run)
    {
        (Usage client, Usage server) = await UsageAsync(run);
        long start = Stopwatch.GetTimestamp();
        double count = await run.RunAsync(options.Time, result.Latency).WaitAsync(options.Patience);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        (Usage clientAfter, Usage serverAfter) = await UsageAsync(run, clientFirst: true);
        var measure = new Measure(
            count / seconds,
            (clientAfter.Allocated - client.Allocated) / count,
            (serverAfter.Allocated - server.Allocated) / count,
            (clientAfter.User - client.User) / count * 1e6,
            (clientAfter.System - client.System) / count * 1e6,
            (serverAfter.User - server.User) / count * 1e6,
            (serverAfter.System - server.System) / count * 1e6,
            clientAfter.Gen2 - client.Gen2 + serverAfter.Gen2 - server.Gen2);

        // What other libraries allocate is not known.
        return run is PeerRun ? measure with { ClientOctets = double.NaN, ServerOctets = double.NaN } : measure;
    }

    private async Task<(Usage Client, Usage Server)> UsageAsync(IRun run, bool clientFirst = false)
    {
        if (run is PeerRun peer) return await peer.UsageAsync();

        // This process is read last before a round and first after it, so that asking the other one does not count.
        Usage client = Usage.Now();
        Usage server = await bench.Server.UsageAsync();
        return (clientFirst ? client : Usage.Now(), server);
    }

    private static void Progress(string text)
    {
        if (Console.IsErrorRedirected) return;
        Console.Error.Write($"\r{text,-100}");
    }
}
