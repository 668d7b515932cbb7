using System.Diagnostics;
using System.Net.Sockets;

namespace Smpi.Bench;

/// <summary>The limit of a stream: messages in one direction, as fast as sockets take them.</summary>
internal sealed class RawPushRun(int port) : IRun
{
    public static async Task<IRun> OpenAsync(Bench bench) => new RawPushRun(await bench.RawPortAsync("push"));

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        using Socket socket = await RawFrames.ConnectAsync(port);
        byte[] input = new byte[RawFrames.BufferSize];
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        for (int filled = 0; Stopwatch.GetTimestamp() < end;)
        {
            filled += await socket.ReceiveAsync(input.AsMemory(filled));
            count += RawFrames.TakeWhole(input, ref filled);
        }

        return count;
    }

    public ValueTask DisposeAsync() => default;
}
