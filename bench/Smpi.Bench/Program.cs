using Smpi.Bench;

switch (args)
{
    case ["server"]:
        await ServerMain.RunAsync();
        return 0;
    case ["client"]:
        await ClientMain.RunAsync();
        return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (Exception error) when (error is ArgumentException or FormatException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options.ShowHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

Workload[] workloads = [.. Catalogue.Make(options.Peers).Where(workload => (workload.Quick || !options.Quick) && options.Wants(workload.Name))];

// A ratio needs its limit, asked for or not.
string[] limits = [.. workloads.Select(workload => workload.Limit).OfType<string>().Distinct()];
string[] wanted = [.. workloads.Select(workload => workload.Name), .. limits];
workloads = [.. Catalogue.Make(options.Peers).Where(workload => wanted.Contains(workload.Name))];
Probe[] probes = [.. Probes.All.Where(probe => options.Wants(probe.Name) && (probe.Quick || !options.Quick))];
if (workloads.Length == 0 && probes.Length == 0)
{
    Console.Error.WriteLine($"No workload and no probe has a name like '{options.Only}'. See bench/run --list.");
    return 2;
}

if (options.List)
{
    foreach (string name in workloads.Select(workload => workload.Name).Concat(probes.Select(probe => probe.Name))) Console.WriteLine(name);
    return 0;
}

return await Session.RunAsync(options, workloads, probes);
