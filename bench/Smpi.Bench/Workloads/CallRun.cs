using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>Unary calls: so many callers on each channel, each starting its next call when the last one is answered.</summary>
internal sealed class CallRun<T>(ISmpiChannel[] channels, int callers, Func<ISmpiChannel, ValueTask<T>> call) : IRun
{
    private readonly Latency[] _own = [.. Enumerable.Range(0, channels.Length * callers).Select(_ => new Latency())];
    private readonly Task<long>[] _tasks = new Task<long>[channels.Length * callers];

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (int number = 0; number < _tasks.Length; number++)
        {
            _own[number].Clear();
            _tasks[number] = CallAsync(channels[number / callers], end, _own[number]);
        }

        long[] counts = await Task.WhenAll(_tasks);
        foreach (Latency one in _own) latency.Add(one);
        return counts.Sum();
    }

    public ValueTask DisposeAsync() => default;

    private async Task<long> CallAsync(ISmpiChannel channel, long end, Latency latency)
    {
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end; count++)
        {
            await call(channel);
            long now = Stopwatch.GetTimestamp();
            latency.Record(now - start);
            start = now;
        }

        return count;
    }
}
