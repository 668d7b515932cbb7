using System.Diagnostics;
using System.Globalization;

namespace Smpi.Bench;

/// <summary>One run of the benchmark, from the start of the other processes to the written results.</summary>
internal static class Session
{
    public static async Task<int> RunAsync(Options options, IReadOnlyList<Workload> workloads, IReadOnlyList<Probe> probes)
    {
        Certificates.Make(Path.Combine(Path.GetTempPath(), $"smpi-bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.pem"));
        var clock = Stopwatch.StartNew();
        var found = new List<Finding>();
        IReadOnlyList<Result> results;
        try
        {
            results = await new Runner(options, workloads).RunAsync();
            foreach (Probe probe in probes) found.AddRange(await RunAsync(probe, options));
        }
        finally
        {
            Certificates.Delete();
        }

        var report = new Report(options, results, found, clock.Elapsed);
        string markdown = Markdown.Make(report);
        Console.WriteLine(markdown);
        if (options.Markdown is { } markdownFile) await File.WriteAllTextAsync(markdownFile, markdown);
        if (options.Json is { } jsonFile) await File.WriteAllTextAsync(jsonFile, JsonReport.Make(report));
        if (options.Record) await Recorder.WriteAsync(report, markdown);
        return results.Any(result => result.Failure is not null) || found.Any(finding => finding.Failed) ? 1 : 0;
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(Probe probe, Options options)
    {
        await Console.Error.WriteLineAsync($"probe {probe.Name}");
        try
        {
            return await probe.Run(options).WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"failed {probe.Name}: {error}");
            return [new Finding(probe.Name, "failed", double.NaN, "", $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}") { Failed = true }];
        }
    }
}
