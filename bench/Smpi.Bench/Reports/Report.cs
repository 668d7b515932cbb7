using System.Globalization;
using System.Runtime.InteropServices;

namespace Smpi.Bench;

/// <summary>Everything a run found.</summary>
internal sealed record Report(Options Options, IReadOnlyList<Result> Results, IReadOnlyList<Finding> Findings, TimeSpan Duration)
{
    public string Date { get; } = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public string Machine { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load average {Load()}");

    public Result? Find(string name) => Results.FirstOrDefault(result => result.Workload.Name == name && result.Ran);

    private static string Load()
    {
        try
        {
            return string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
        }
        catch (IOException)
        {
            return "not known";
        }
    }

    private static string Processor()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "not known";
        }
        catch (IOException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
