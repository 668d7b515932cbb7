using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>
/// Runs the workloads of one wire after those of another, in processes of their own: what the compiler learns from one wire does not serve another, and nothing idles
/// beside what is measured. Within them the workloads and their limits run in turn, several times, so that a slow moment of the machine hits them alike.
/// </summary>
internal sealed class Runner(Options options, IReadOnlyList<Workload> workloads)
{
    // The points of the plots need fewer rounds, and what targets are about needs more.
    private const int PointRounds = 3;
    private const int JudgedTimes = 3;
    private const int LeastWarmUps = 2;

    // What a connection and a thread pool give back while others have their turn comes back in this time, and does not count.
    private static readonly TimeSpan RunUp = TimeSpan.FromSeconds(0.02);

    private readonly Dictionary<string, Result> _results = workloads.ToDictionary(workload => workload.Name, workload => new Result(workload));

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        string[] limits = [.. workloads.Select(workload => workload.Limit).OfType<string>().Distinct()];
        IGrouping<string, Workload>[] places = [.. workloads.Where(workload => !limits.Contains(workload.Name)).GroupBy(workload => workload.Place)];
        for (int number = 0; number < places.Length; number++)
        {
            Workload[] own = [.. places[number]];
            await Console.Error.WriteLineAsync($"{number + 1} of {places.Length}: {places[number].Key}, {own.Length} workload{(own.Length == 1 ? "" : "s")}");
            await using IPlace place = own[0].Peer is { } peer ? new PeerPair(peer) : new Place();

            // The limits of a wire run in its processes, so that both have the same ones; those of another library cannot.
            await using IPlace? other = own[0].Peer is null ? null : new Place();
            await RunAsync(place, other ?? place, own);
        }

        return [.. workloads.Select(workload => _results[workload.Name])];
    }

    private async Task RunAsync(IPlace place, IPlace limitPlace, Workload[] own)
    {
        var steps = new List<(Result Result, IPlace Place)>();
        foreach (Workload workload in own)
        {
            if (workload.Limit is { } limit && steps.All(step => step.Result.Workload.Name != limit)) await OpenAsync(_results[limit], limitPlace);
            await OpenAsync(_results[workload.Name], place);
        }

        await WarmUpAsync(steps);
        for (int round = 0; round < options.Rounds * JudgedTimes; round += options.Quick ? JudgedTimes : 1) await RoundAsync(steps, round);
        foreach ((Result result, IPlace at) in steps.Where(step => step.Result.Failure is null)) await GuardAsync(result, () => at.CloseAsync(result.Workload));

        async Task OpenAsync(Result result, IPlace at)
        {
            await GuardAsync(result, () => at.OpenAsync(result.Workload));
            if (result.Failure is null && result.Missing is null) steps.Add((result, at));
        }
    }

    private async Task RoundAsync(List<(Result Result, IPlace Place)> steps, int round)
    {
        (int turn, int further) = Math.DivRem(round, JudgedTimes);
        Workload[] due = [.. steps.Select(step => step.Result.Workload).Where(one => further == 0 ? one.Point is null || turn < PointRounds : one.IsJudged)];
        var limits = new Dictionary<string, double>();
        foreach ((Result result, IPlace place) in steps.Where(step => step.Result.Failure is null))
        {
            Workload workload = result.Workload;
            if (!due.Contains(workload) && !due.Any(one => one.Limit == workload.Name)) continue;
            await GuardAsync(result, async () =>
            {
                await place.RunAsync(workload, RunUp);
                double rate = result.Add(await place.RunAsync(workload, options.Time));
                if (workload.IsLimit) limits[workload.Name] = rate;
                else if (workload.Limit is { } limit && limits.TryGetValue(limit, out double most)) result.AddRatio(rate / most);
            });
        }
    }

    // Code is compiled well only some time after it ran first, in every process anew.
    private async Task WarmUpAsync(List<(Result Result, IPlace Place)> steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int time = 0; time < LeastWarmUps || Stopwatch.GetElapsedTime(start) < options.LeastWarmUp; time++)
        {
            if (steps.All(step => step.Result.Failure is not null)) return;
            foreach ((Result result, IPlace place) in steps.Where(step => step.Result.Failure is null)) await GuardAsync(result, () => place.RunAsync(result.Workload, options.WarmUp));
        }
    }

    private async Task GuardAsync(Result result, Func<Task> work)
    {
        try
        {
            await work().WaitAsync(options.Patience);
        }
        catch (PeerMissingException missing)
        {
            result.Missing = missing.Message;
            await Console.Error.WriteLineAsync($"left out {result.Workload.Name}: {result.Missing}");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            result.Failure = $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}";
            await Console.Error.WriteLineAsync($"failed {result.Workload.Name}: {result.Failure}");
        }
    }
}
