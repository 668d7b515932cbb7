using System.Diagnostics;

namespace Smpi.System.Tests;

/// <summary>A server in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<ServerProcess> StartAsync(string address)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Smpi.TestChild.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", address]) { RedirectStandardOutput = true })!;
        string listening = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("The server ended before it listened.");
        return new ServerProcess(process, listening);
    }

    /// <summary>Ends the process with signal 9.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
