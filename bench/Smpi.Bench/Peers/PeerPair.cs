using System.Diagnostics;
using System.Globalization;

namespace Smpi.Bench;

/// <summary>The two processes of a peer, connected when the first workload is opened.</summary>
internal sealed class PeerPair(Peer peer) : IPlace
{
    private CommandedProcess? _server;
    private CommandedProcess? _client;
    private Task? _connecting;

    /// <exception cref="PeerMissingException">It was not built.</exception>
    public Task OpenAsync(Workload workload) => _connecting ??= ConnectAsync();

    public async Task<Round> RunAsync(Workload workload, TimeSpan time)
    {
        (Usage client, Usage server) = await UsageAsync();
        long start = Stopwatch.GetTimestamp();

        // The answer is the number of operations and then the histogram.
        (string count, string latency) = CommandLoop.Cut(await _client!.AskAsync(string.Format(CultureInfo.InvariantCulture, workload.PeerCommand!, time.TotalSeconds)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        (Usage clientAfter, Usage serverAfter) = await UsageAsync();
        return new Round(long.Parse(count, CultureInfo.InvariantCulture), seconds, clientAfter - client, serverAfter - server, 0, Latency.Parse(latency));
    }

    public Task CloseAsync(Workload workload) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        if (peer.Missing is { } sentence) throw new PeerMissingException(sentence);
        _server = peer.Start("server", peer.Server);
        _client = peer.Start("client", peer.Client);
        await _client.AskAsync($"connect {await _server.AskAsync("port")}");
    }

    // What both have used so far, told by themselves in microseconds of user and of kernel time.
    private async Task<(Usage Client, Usage Server)> UsageAsync() => (Parse(await _client!.AskAsync("usage")), Parse(await _server!.AskAsync("usage")));

    private static Usage Parse(string text)
    {
        double[] seconds = [.. text.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture) / 1e6)];
        return new Usage(0, seconds[0], seconds[1], 0, 0, 0);
    }
}
