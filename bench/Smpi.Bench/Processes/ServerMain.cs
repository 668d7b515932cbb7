using System.Globalization;

namespace Smpi.Bench;

/// <summary>The main program of the other process: one command a line, one answer a line, until its input ends.</summary>
internal static class ServerMain
{
    public static async Task RunAsync()
    {
        var servers = new Dictionary<string, ISmpiServer>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string answer;
            try
            {
                answer = await AnswerAsync(servers, line);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                answer = $"failed {line}: {error.GetType().Name} {error.Message.ReplaceLineEndings(" ")}";
            }

            Console.Out.WriteLine(answer);
            Console.Out.Flush();
        }

        foreach (ISmpiServer server in servers.Values) await server.DisposeAsync();
    }

    private static async Task<string> AnswerAsync(Dictionary<string, ISmpiServer> servers, string line)
    {
        (string command, string rest) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and int space ? (line[..space], line[(space + 1)..]) : (line, "");
        switch (command)
        {
            case "open":
                if (!servers.TryGetValue(rest, out ISmpiServer? server)) servers[rest] = server = await Host.ListenAsync(Wire.Parse(rest));
                return server.Address;
            case "raw":
                return RawServer.Listen(rest).ToString(CultureInfo.InvariantCulture);
            case "burst":
                int cut = rest.IndexOf(' ', StringComparison.Ordinal);
                await Burst.PublishAsync(servers[rest[(cut + 1)..]].Peers, int.Parse(rest[..cut], CultureInfo.InvariantCulture));
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
                return $"failed '{line}': there is no such command";
        }
    }
}
