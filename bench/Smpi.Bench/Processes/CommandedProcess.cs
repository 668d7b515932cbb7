using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>Another process, commanded by lines over its standard input, so that what is measured does not carry its own orders.</summary>
internal sealed class CommandedProcess : IAsyncDisposable
{
    private readonly string _name;
    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);

    private CommandedProcess(string name, Process process)
    {
        _name = name;
        _process = process;
    }

    /// <summary>This program as the server.</summary>
    public static CommandedProcess StartServer() => Start("The server process", Environment.CurrentDirectory, [Environment.ProcessPath!, "server"]);

    /// <summary>This program as the client, which starts a server of its own.</summary>
    public static CommandedProcess StartClient() => Start("The client process", Environment.CurrentDirectory, [Environment.ProcessPath!, "client"]);

    /// <param name="name">What an error calls it, as the beginning of a sentence.</param>
    /// <param name="folder">The folder in which it works.</param>
    /// <param name="command">The program and its arguments.</param>
    public static CommandedProcess Start(string name, string folder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        return new CommandedProcess(name, Process.Start(start)!);
    }

    public async Task<string> AskAsync(string command)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            await _process.StandardInput.FlushAsync();
            string answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(5))
                ?? throw new InvalidOperationException($"{_name} ended at '{command}'.");
            return answer.StartsWith("failed ", StringComparison.Ordinal) ? throw new InvalidOperationException($"{_name} {answer}") : answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<Usage> UsageAsync(bool settled = false) => Usage.Parse(await AskAsync(settled ? "settle" : "usage"));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _turn.Dispose();
    }
}
