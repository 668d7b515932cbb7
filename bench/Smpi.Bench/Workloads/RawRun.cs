using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Smpi.Bench;

/// <summary>The limit: batches of messages over sockets, and nothing else.</summary>
internal sealed class RawRun(string kind, Socket[] sockets, int size, int inFlight) : IRun
{
    private readonly byte[] _batch = RawFrames.Batch(size, inFlight);

    public static async Task<IRun> OpenAsync(Bench bench, string kind, int connections, int size, int inFlight)
    {
        int port = await bench.RawPortAsync(kind);
        var sockets = new Socket[connections];
        for (int number = 0; number < connections; number++) sockets[number] = await RawFrames.ConnectAsync(port);
        return new RawRun(kind, sockets, size, inFlight);
    }

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        Latency[] own = [.. sockets.Select(_ => new Latency())];
        long[] counts = await Task.WhenAll(sockets.Select((socket, number) => kind switch
        {
            "blocking" => Task.Run(() => Blocking(socket, end, own[number])),
            "pipelines" => PipelinesAsync(socket, end, own[number]),
            _ => AsyncAsync(socket, end, own[number]),
        }));
        foreach (Latency one in own) latency.Add(one);
        return counts.Sum();
    }

    public ValueTask DisposeAsync()
    {
        foreach (Socket socket in sockets) socket.Dispose();
        return default;
    }

    private async Task<long> AsyncAsync(Socket socket, long end, Latency latency)
    {
        byte[] input = new byte[Math.Max(RawFrames.BufferSize, size)];
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end;)
        {
            // A batch may be larger than what two sockets hold: send and receive at once.
            Task sending = RawFrames.SendAllAsync(socket, _batch);
            int filled = 0;
            for (int received = 0; received < inFlight;)
            {
                filled += await socket.ReceiveAsync(input.AsMemory(filled));
                received += RawFrames.TakeWhole(input, ref filled);
            }

            await sending;
            start = Done(start, latency);
            count += inFlight;
        }

        return count;
    }

    private long Blocking(Socket socket, long end, Latency latency)
    {
        byte[] input = new byte[Math.Max(RawFrames.BufferSize, size)];
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end;)
        {
            for (int sent = 0; sent < _batch.Length;) sent += socket.Send(_batch.AsSpan(sent));
            int filled = 0;
            for (int received = 0; received < inFlight;)
            {
                filled += socket.Receive(input.AsSpan(filled));
                received += RawFrames.TakeWhole(input, ref filled);
            }

            start = Done(start, latency);
            count += inFlight;
        }

        return count;
    }

    private async Task<long> PipelinesAsync(Socket socket, long end, Latency latency)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        PipeWriter writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end;)
        {
            await writer.WriteAsync(_batch);
            for (int received = 0; received < inFlight;)
            {
                ReadResult read = await reader.ReadAsync();
                (long whole, int messages) = RawPipelines.CopyWhole(read.Buffer, null);
                reader.AdvanceTo(read.Buffer.GetPosition(whole), read.Buffer.End);
                received += messages;
            }

            start = Done(start, latency);
            count += inFlight;
        }

        await reader.CompleteAsync();
        return count;
    }

    private static long Done(long start, Latency latency)
    {
        long now = Stopwatch.GetTimestamp();
        latency.Record(now - start);
        return now;
    }
}
