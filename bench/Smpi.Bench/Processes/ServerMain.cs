using System.Globalization;

namespace Smpi.Bench;

/// <summary>The main program of the process that serves.</summary>
internal static class ServerMain
{
    public static async Task RunAsync()
    {
        var servers = new Dictionary<string, ISmpiServer>();
        await CommandLoop.RunAsync((command, rest) => AnswerAsync(servers, command, rest));
        foreach (ISmpiServer server in servers.Values) await server.DisposeAsync();
    }

    private static async Task<string> AnswerAsync(Dictionary<string, ISmpiServer> servers, string command, string rest)
    {
        switch (command)
        {
            case "open":
                if (!servers.TryGetValue(rest, out ISmpiServer? server)) servers[rest] = server = await Host.ListenAsync(Wire.Parse(rest));
                return server.Address;
            case "raw":
                return RawServer.Listen(rest).ToString(CultureInfo.InvariantCulture);
            case "burst":
                (string count, string name) = CommandLoop.Cut(rest);
                await Burst.PublishAsync(servers[name].Peers, int.Parse(count, CultureInfo.InvariantCulture));
                return "done";
            case "peers":
                return servers[rest].Peers.Count.ToString(CultureInfo.InvariantCulture);
            case "close":
                if (servers.Remove(rest, out ISmpiServer? gone)) await gone.DisposeAsync();
                return "done";
            case "settle":
                return Usage.Settled().ToString();
            case "usage":
                return Usage.Now().ToString();
            default:
                return $"failed '{command}': there is no such command";
        }
    }
}
