using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Smpi.Bench;

/// <summary>The other process: the same handlers on every address, and raw sockets that give back what they get.</summary>
internal static class BenchServer
{
    public static async Task RunAsync()
    {
        using var raw = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        raw.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        raw.Listen();
        _ = AcceptRawAsync(raw);
        string socket = Path.Combine(Path.GetTempPath(), $"smpi-bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.sock");
        await using ISmpiServer tcp = await ListenAsync("tcp://127.0.0.1:0", new BenchEncoding(), EventLoop.ThreadPool);
        await using ISmpiServer inline = await ListenAsync("tcp://127.0.0.1:0", new BenchEncoding(), EventLoop.Inline);
        await using ISmpiServer json = await ListenAsync("tcp://127.0.0.1:0", new JsonEncoding(BenchJson.Default), EventLoop.ThreadPool);
        await using ISmpiServer unix = await ListenAsync($"unix:{socket}", new BenchEncoding(), EventLoop.ThreadPool);
        Console.WriteLine($"{((IPEndPoint)raw.LocalEndPoint!).Port} {tcp.Address} {inline.Address} {json.Address} {unix.Address}");
        await Console.In.ReadToEndAsync();
    }

    public static Usage Measure()
    {
        using var self = Process.GetCurrentProcess();
        return new Usage(GC.GetTotalAllocatedBytes(precise: false), self.TotalProcessorTime.TotalSeconds);
    }

    private static ValueTask<ISmpiServer> ListenAsync(string address, IEncoding encoding, IEventLoopBinding loop) => SmpiServer.ListenAsync(address, builder => builder
        .UseEncoding(encoding)
        .RunOn(loop)
        .WithLimits(limits => limits with { MessageSize = 8 << 20 })
        .Handle((Row row, CancellationToken _) => new ValueTask<Row>(row))
        .Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body))
        .Handle("usage", (int _, CallContext _, CancellationToken _) => new ValueTask<Usage>(Measure()))
        .HandleStream("rows", (int count, CallContext _, CancellationToken ct) => RowsAsync(count, ct)));

    private static async IAsyncEnumerable<Row> RowsAsync(int count, [EnumeratorCancellation] CancellationToken ct)
    {
        var row = new Row(1, "sixteen letters!", 3.25);
        for (int number = 0; number < count; number++) yield return row;
        await Task.CompletedTask;
    }

    private static async Task AcceptRawAsync(Socket listener)
    {
        while (true) _ = EchoAsync(await listener.AcceptAsync());
    }

    private static async Task EchoAsync(Socket socket)
    {
        socket.NoDelay = true;
        byte[] buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                int count = await socket.ReceiveAsync(buffer);
                if (count == 0) return;
                for (int sent = 0; sent < count;) sent += await socket.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (SocketException)
        {
            // The client has what it measured.
        }
    }
}
