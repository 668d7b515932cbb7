using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>The other process, commanded by lines over its standard input, so that what is measured does not carry its own orders.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);

    private ServerProcess(Process process) => _process = process;

    public static ServerProcess Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("server");
        return new ServerProcess(Process.Start(start)!);
    }

    public async Task<string> AskAsync(string command)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            await _process.StandardInput.FlushAsync();
            string answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(5))
                ?? throw new InvalidOperationException($"The server process ended at '{command}'.");
            return answer.StartsWith("failed ", StringComparison.Ordinal) ? throw new InvalidOperationException($"The server process {answer}") : answer;
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
