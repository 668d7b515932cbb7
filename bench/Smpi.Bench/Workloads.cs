using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Bench;

/// <summary>The workloads.</summary>
internal static class Workloads
{
    /// <summary>Octets of one small request on the wire, header included.</summary>
    private const int Small = 40;

    private static readonly Row Row = new(42, "sixteen letters!", 3.25);

    public static async Task<IReadOnlyList<Workload>> MakeAsync(string[] addresses)
    {
        Socket raw = await ConnectAsync(int.Parse(addresses[0], System.Globalization.CultureInfo.InvariantCulture));
        ISmpiChannel tcp = await OpenAsync(addresses[1], new BenchEncoding(), EventLoop.ThreadPool);
        ISmpiChannel inline = await OpenAsync(addresses[2], new BenchEncoding(), EventLoop.Inline);
        ISmpiChannel json = await OpenAsync(addresses[3], new JsonEncoding(BenchJson.Default), EventLoop.ThreadPool);
        ISmpiChannel unix = await OpenAsync(addresses[4], new BenchEncoding(), EventLoop.ThreadPool);
        var list = new List<Workload>();
        foreach (int callers in new[] { 1, 64, 512 })
        {
            string limit = $"raw async sockets, {callers} in flight";
            list.Add(new Workload(limit, null, time => RawAsync(raw, Small, callers, time), null));
            list.Add(new Workload($"unary, {callers} in flight", limit, time => UnaryAsync(tcp, callers, time), tcp));
            if (callers != 64) continue;
            list.Add(new Workload("unary, 64 in flight, inline loop", limit, time => UnaryAsync(inline, callers, time), inline));
            list.Add(new Workload("unary, 64 in flight, JSON", limit, time => UnaryAsync(json, callers, time), json));
            list.Add(new Workload("unary, 64 in flight, Unix socket", limit, time => UnaryAsync(unix, callers, time), unix));
        }

        list.Add(new Workload("server stream, items", "raw async sockets, 512 in flight", time => StreamAsync(tcp, time), tcp));
        list.Add(new Workload("raw async sockets, 1 MiB", null, time => RawAsync(raw, 1 << 20, 1, time), null));
        list.Add(new Workload("unary, 1 MiB", "raw async sockets, 1 MiB", time => LargeAsync(tcp, time), tcp));
        return list;
    }

    private static async Task<ISmpiChannel> OpenAsync(string address, IEncoding encoding, IEventLoopBinding loop) => await SmpiChannel.ConnectAsync(
        address, builder => builder.UseEncoding(encoding).RunOn(loop).WithLimits(limits => limits with { MessageSize = 8 << 20 }));

    private static async Task<long> UnaryAsync(ISmpiChannel channel, int callers, TimeSpan time)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync()));
        return counts.Sum();

        async Task<long> CallAsync()
        {
            long count = 0;
            while (Stopwatch.GetTimestamp() < end)
            {
                await channel.RequestAsync<Row, Row>("row", Row, null, CancellationToken.None);
                count++;
            }

            return count;
        }
    }

    private static async Task<long> LargeAsync(ISmpiChannel channel, TimeSpan time)
    {
        using PooledBody body = PooledBody.Rent(1 << 20, out _);
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        for (; Stopwatch.GetTimestamp() < end; count++)
        {
            using PooledBody answer = await channel.RequestAsync<PooledBody, PooledBody>("octets", body, null, CancellationToken.None);
        }

        return count;
    }

    private static async Task<long> StreamAsync(ISmpiChannel channel, TimeSpan time)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        await foreach (Row _ in channel.StreamAsync<int, Row>("rows", int.MaxValue))
        {
            if ((++count & 1023) == 0 && Stopwatch.GetTimestamp() >= end) break;
        }

        return count;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    // As many messages as callers are under way at once, sent together, as a batch of callers would be.
    private static async Task<long> RawAsync(Socket socket, int size, int callers, TimeSpan time)
    {
        byte[] output = new byte[size * callers];
        byte[] input = new byte[Math.Min(size * callers, 256 * 1024)];
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            Task sending = SendAsync(socket, output);
            for (int received = 0; received < output.Length;) received += await socket.ReceiveAsync(input);
            await sending;
            count += callers;
        }

        return count;
    }

    private static async Task SendAsync(Socket socket, byte[] octets)
    {
        for (int sent = 0; sent < octets.Length;) sent += await socket.SendAsync(octets.AsMemory(sent));
    }
}
