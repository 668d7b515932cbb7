using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>One large payload there and back at a time, in memory that is rented.</summary>
internal sealed class OctetsRun(ISmpiChannel channel, int size) : IRun
{
    private readonly PooledBody _body = PooledBody.Rent(size, out _);

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end; count++)
        {
            using PooledBody answer = await channel.RequestAsync<PooledBody, PooledBody>("octets", _body, null, CancellationToken.None);
            long now = Stopwatch.GetTimestamp();
            latency.Record(now - start);
            start = now;
        }

        return count;
    }

    public ValueTask DisposeAsync()
    {
        _body.Dispose();
        return default;
    }
}
