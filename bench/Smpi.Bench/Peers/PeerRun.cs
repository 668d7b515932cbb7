using System.Globalization;

namespace Smpi.Bench;

/// <summary>A workload that the client of a peer runs.</summary>
/// <param name="pair">The processes, which other workloads use too.</param>
/// <param name="command">The command of the client, with <c>{0}</c> for the seconds.</param>
internal sealed class PeerRun(PeerPair pair, string command) : IRun
{
    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        // The number of operations, then the buckets of the histogram that are not empty, as index:count.
        string[] answer = (await pair.Client.AskAsync(string.Format(CultureInfo.InvariantCulture, command, time.TotalSeconds))).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string bucket in answer.Skip(1))
        {
            string[] parts = bucket.Split(':');
            latency.Add(int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return long.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    public Task<(Usage Client, Usage Server)> UsageAsync() => pair.UsageAsync();

    public ValueTask DisposeAsync() => default;
}
