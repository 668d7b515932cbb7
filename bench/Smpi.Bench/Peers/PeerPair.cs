using System.Globalization;

namespace Smpi.Bench;

/// <summary>The two processes of a peer, connected.</summary>
internal sealed class PeerPair : IAsyncDisposable
{
    private PeerPair(CommandedProcess server, CommandedProcess client) => (Server, Client) = (server, client);

    public CommandedProcess Server { get; }

    public CommandedProcess Client { get; }

    public static async Task<PeerPair> StartAsync(Peer peer)
    {
        CommandedProcess server = peer.Start("server", peer.Server);
        var pair = new PeerPair(server, peer.Start("client", peer.Client));
        try
        {
            await pair.Client.AskAsync($"connect {await server.AskAsync("port")}");

            // The process of Smpi has compiled its code in the workloads before; these have nothing behind them.
            await pair.Client.AskAsync("unary 1 64");
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>What both have used so far, told by themselves in microseconds of user and of kernel time.</summary>
    public async Task<(Usage Client, Usage Server)> UsageAsync() => (Parse(await Client.AskAsync("usage")), Parse(await Server.AskAsync("usage")));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Usage Parse(string text)
    {
        double[] seconds = [.. text.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture) / 1e6)];
        return new Usage(0, seconds[0], seconds[1], 0, 0, 0);
    }
}
