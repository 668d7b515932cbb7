using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>Unary calls: so many callers on each channel, each starting its next call when the last one is answered.</summary>
internal sealed class CallRun<T>(ISmpiChannel[] channels, int callers, Func<ISmpiChannel, ValueTask<T>> call) : IRun
{
    // Looking at the clock costs a tenth of a call, and the raw sockets beside it do so once for a batch: many callers time one call in eight.
    private const int Many = 16;
    private const int Sampled = 8;

    private readonly Latency[] _own = [.. Enumerable.Range(0, channels.Length * callers).Select(_ => new Latency())];
    private readonly Task<long>[] _tasks = new Task<long>[channels.Length * callers];
    private bool _over;

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        _over = false;
        for (int number = 0; number < _tasks.Length; number++)
        {
            _own[number].Clear();
            _tasks[number] = CallAsync(channels[number / callers], number, end, _own[number]);
        }

        long[] counts = await Task.WhenAll(_tasks);
        foreach (Latency one in _own) latency.Add(one);
        return counts.Sum();
    }

    public ValueTask DisposeAsync() => default;

    // Different callers time different calls, so that at any time some look whether it is over.
    private async Task<long> CallAsync(ISmpiChannel channel, int number, long end, Latency latency)
    {
        int every = _tasks.Length < Many ? 1 : Sampled;
        int untimed = number % every;
        long count = 0;
        for (; !Volatile.Read(ref _over); count++)
        {
            if (--untimed >= 0)
            {
                await call(channel);
                continue;
            }

            untimed = every - 1;
            long start = Stopwatch.GetTimestamp();
            await call(channel);
            long now = Stopwatch.GetTimestamp();
            latency.Record(now - start);
            if (now >= end) Volatile.Write(ref _over, true);
        }

        return count;
    }
}
