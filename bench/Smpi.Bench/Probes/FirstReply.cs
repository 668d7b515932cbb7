using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>How long it takes from starting a process to the first reply it gives or gets, and how much of that is the start of the process itself.</summary>
internal static class FirstReply
{
    private const int Count = 11;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Options options)
    {
        var findings = new List<Finding>();
        await using ISmpiServer server = await Host.ListenAsync(new Wire(Encoding: "json"));
        foreach ((string kind, string path) in new[] { ("JIT", Repository.Cold), ("NativeAOT", Repository.ColdAot) })
        {
            if (!File.Exists(path))
            {
                findings.Add(new Finding("first reply", $"{kind}: not measured", double.NaN, "", kind == "NativeAOT" ? "run bench/cold-aot first" : "build bench/Smpi.Bench.Cold first"));
                continue;
            }

            findings.AddRange(await InTurnAsync(
                kind,
                ("an empty process, to its first line", () => LineAsync(path, "noop")),
                ("a cold process that dials TCP, to its first reply", () => LineAsync(path, "client", server.Address)),
                ("a child over stdio, to its first reply", () => ChildAsync(path))));
            findings.Add(new Finding("first reply", $"{kind}: share of the start of the process in that", 100 * findings[^3].Value / findings[^1].Value, "%", "the empty process against the child"));
        }

        return findings;
    }

    // In turn, so that a slow moment of the machine hits all of them.
    private static async Task<IEnumerable<Finding>> InTurnAsync(string kind, params (string What, Func<Task<double>> Run)[] starts)
    {
        List<double>[] times = [.. starts.Select(_ => new List<double>())];
        foreach ((_, Func<Task<double>> run) in starts) await run();
        for (int number = 0; number < Count; number++)
        {
            for (int index = 0; index < starts.Length; index++) times[index].Add(await starts[index].Run());
        }

        return starts.Select((start, index) => Finding.OfTimes("first reply", $"{kind}: {start.What}", times[index]));
    }

    private static async Task<double> LineAsync(string path, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await process.WaitForExitAsync();
        return line is null ? throw new InvalidOperationException($"'{path} {string.Join(' ', arguments)}' ended without a line.") : milliseconds;
    }

    private static async Task<double> ChildAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync($"stdio:[\"{path}\",\"child\"]", builder => builder.UseEncoding(Dimensions.Encodings["json"]()));
        await Host.CallAsync(channel);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
