using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>How long a process that is warm takes from dialling to the first reply.</summary>
internal static class WarmConnect
{
    private const int Count = 50;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Options options)
    {
        var findings = new List<Finding>();
        await using var server = CommandedProcess.StartServer();
        foreach (string protocol in new[] { "tcp", "unix", "tls", "ws" })
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

            times.Sort();
            findings.Add(new Finding("warm connect", $"{protocol}: connect and first reply", times[Count / 2], "ms", $"{times[0]:0.00} to {times[^1]:0.00}, {Count} times"));
        }

        return findings;
    }
}
