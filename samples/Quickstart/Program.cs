using System.Diagnostics;
using Quickstart;

// Started with "worker" and an address, this program is the second process.
if (args is ["worker", { } ownAddress])
{
    await Worker.RunAsync(ownAddress);
    return 0;
}

// The command that starts this program again, as a worker.
string program = Environment.ProcessPath!;
string[] command = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Environment.GetCommandLineArgs()[0], "worker"] : [program, "worker"];

// Over stdio the channel starts the worker by itself.
Console.WriteLine("stdio: the channel starts the worker and owns it");
await Tour.RunAsync($"stdio:[{string.Join(',', command.Append("stdio:").Select(part => $"\"{part.Replace("\\", "\\\\", StringComparison.Ordinal)}\""))}]");

// The same over a Unix socket and over TCP: only the address is another.
string socket = Path.Combine(Path.GetTempPath(), $"smpi-quickstart-{Environment.ProcessId}.sock");
foreach (string address in new[] { $"unix:{socket}", "tcp://127.0.0.1:0" })
{
    using Process worker = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], address]) { RedirectStandardOutput = true })!;
    try
    {
        string listening = await worker.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The worker ended before it listened.");
        Console.WriteLine($"{listening}: a worker that runs already");
        await Tour.RunAsync(listening);
    }
    finally
    {
        worker.Kill();
        await worker.WaitForExitAsync();
        File.Delete(socket);
    }
}

return 0;
