using System.Diagnostics;
using Smpi.Bench;

if (args is ["server"])
{
    await BenchServer.RunAsync();
    return 0;
}

bool quick = args.Contains("--quick");
using Process server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["server"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
try
{
    string addresses = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server process ended before it listened.");
    IReadOnlyList<Workload> workloads = await Workloads.MakeAsync(addresses.Split(' '));
    Dictionary<string, List<Measure>> results = await Runner.RunAsync(workloads, rounds: quick ? 3 : 7, time: TimeSpan.FromSeconds(quick ? 0.5 : 1.5));
    Console.WriteLine(Report.Make(workloads, results));
    return 0;
}
finally
{
    server.Kill();
    await server.WaitForExitAsync();
}
