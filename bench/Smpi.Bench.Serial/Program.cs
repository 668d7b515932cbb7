using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Smpi.Bench.Serial;

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options.ShowHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

// On Linux this is the affinity of the main thread alone: the compiler's thread keeps the other processors, without which warming up takes minutes.
if (OperatingSystem.IsLinux() && Environment.ProcessorCount > 1)
{
    using var self = Process.GetCurrentProcess();
    self.ProcessorAffinity = 1 << (Environment.ProcessorCount > 8 ? 8 : Environment.ProcessorCount - 1);
}

CultureInfo plain = CultureInfo.InvariantCulture;
var results = new List<Result>();
Console.WriteLine("| workload | median | best | allocated |");
Console.WriteLine("|---|---:|---:|---:|");
foreach (Workload workload in Catalogue.All.Where(workload => options.Wants(workload.Name)))
{
    Result result = Measure.Run(workload, options);
    results.Add(result);
    Console.WriteLine(string.Create(plain, $"| {result.Name} | {result.Median:N1} ns | {result.Best:N1} ns | {result.Bytes:N1} B |"));
}

if (options.Json is { } file) File.WriteAllText(file, JsonSerializer.Serialize(results));
return 0;
