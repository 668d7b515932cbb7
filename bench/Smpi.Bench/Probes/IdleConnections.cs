using System.Globalization;

namespace Smpi.Bench;

/// <summary>What a connection costs that does nothing: memory of both processes with many of them, divided by their number.</summary>
internal static class IdleConnections
{
    private const int AtOnce = 32;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Wire wire, Options options)
    {
        int count = options.Quick ? 1_000 : 10_000;
        string name = $"idle connections [{wire.Protocol}]";
        await using var server = CommandedProcess.StartServer();
        string address = await server.AskAsync($"open {wire}");
        var channels = new ISmpiChannel[count];

        // The first ones load the code and fill the pools, which is not what a further connection costs.
        await OpenAsync(wire, address, channels.AsMemory(0, AtOnce));
        await IdleAsync();
        Usage client = Usage.Settled();
        Usage far = await server.UsageAsync(settled: true);
        await OpenAsync(wire, address, channels.AsMemory(AtOnce));
        await IdleAsync();
        Usage farAfter = await server.UsageAsync(settled: true);
        Usage clientAfter = Usage.Settled();
        double opened = count - AtOnce;
        string whom = string.Create(CultureInfo.InvariantCulture, $"{count:N0} connections");
        await Parallel.ForEachAsync(channels, async (channel, _) => await channel.DisposeAsync());
        return
        [
            new Finding(name, "server, managed heap", (farAfter.Heap - far.Heap) / opened / 1024, "KiB", whom),
            new Finding(name, "server, resident", (farAfter.Resident - far.Resident) / opened / 1024, "KiB", whom),
            new Finding(name, "client, managed heap", (clientAfter.Heap - client.Heap) / opened / 1024, "KiB", whom),
            new Finding(name, "client, resident", (clientAfter.Resident - client.Resident) / opened / 1024, "KiB", whom),
        ];
    }

    private static Task OpenAsync(Wire wire, string address, Memory<ISmpiChannel> into) => Parallel.ForAsync(0, into.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, ct) =>
    {
        ISmpiChannel channel = await Host.ConnectAsync(wire, address);
        await Host.CallAsync(channel, ct);
        into.Span[index] = channel;
    });

    // A connection notices at the next sign of life that it was quiet for a second, and gives its buffers back; the heartbeats of both sides see to it.
    private static Task IdleAsync() => Task.Delay(TimeSpan.FromSeconds(21));
}
