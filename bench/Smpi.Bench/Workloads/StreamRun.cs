using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smpi.Bench;

/// <summary>Items of a server stream, or of a stream in both ways at once.</summary>
internal sealed class StreamRun(ISmpiChannel channel, bool bothWays) : IRun
{
    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        using var stop = new CancellationTokenSource();
        IAsyncEnumerable<Row> rows = bothWays
            ? channel.StreamAsync(new Both(), RowsAsync(end, stop.Token))
            : channel.StreamAsync(new Rows(int.MaxValue));
        long count = 0;
        await foreach (Row _ in rows)
        {
            // A stream in both ways ends by itself, when the last item is back.
            if ((++count & 1023) == 0 && !bothWays && Stopwatch.GetTimestamp() >= end) break;
        }

        return count;
    }

    public ValueTask DisposeAsync() => default;

    private static async IAsyncEnumerable<Row> RowsAsync(long end, [EnumeratorCancellation] CancellationToken ct)
    {
        for (int number = 0; !ct.IsCancellationRequested; number++)
        {
            if ((number & 63) == 0 && Stopwatch.GetTimestamp() >= end) yield break;
            yield return Row.Sample;
        }

        await Task.CompletedTask;
    }
}
