using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>How long a process that is warm takes from dialling to the first reply.</summary>
internal static class WarmConnect
{
    private const int Count = 50;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Options options)
    {
        await using var server = CommandedProcess.StartServer();
        return
        [
            await OverAsync("tcp", server),
            await OverAsync("unix", server),
            await OverAsync("tls", server),
            await OverAsync("ws", server),
        ];
    }

    private static async Task<Finding> OverAsync(string protocol, CommandedProcess server)
    {
        var wire = new Wire(protocol);
        string address = await server.AskAsync($"open {wire}");
        var times = new List<double>();
        for (int number = 0; number < Count * 2; number++)
        {
            long start = Stopwatch.GetTimestamp();
            await using ISmpiChannel channel = await Host.ConnectAsync(wire, address);
            await Host.CallAsync(channel);
            if (number >= Count) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Finding.OfTimes("warm connect", $"{protocol}: connect and first reply", times);
    }
}
