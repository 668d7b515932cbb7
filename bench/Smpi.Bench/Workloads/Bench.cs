using System.Globalization;

namespace Smpi.Bench;

/// <summary>What workloads share: the other process, and one channel for every wire.</summary>
internal sealed class Bench(CommandedProcess server) : IAsyncDisposable
{
    private readonly Dictionary<Wire, ISmpiServer> _servers = [];
    private readonly Dictionary<Wire, string> _addresses = [];
    private readonly Dictionary<string, int> _ports = [];
    private readonly List<ISmpiChannel> _channels = [];

    public CommandedProcess Server => server;

    public async Task<string> AddressAsync(Wire wire)
    {
        if (_addresses.TryGetValue(wire, out string? known)) return known;
        string address;
        if (Dimensions.Protocol(wire.Protocol).InProcess)
        {
            _servers[wire] = await Host.ListenAsync(wire);
            address = _servers[wire].Address;
        }
        else
        {
            address = await server.AskAsync($"open {wire}");
        }

        return _addresses[wire] = address;
    }

    public async Task<ISmpiChannel[]> ConnectAsync(Wire wire, int count)
    {
        string address = await AddressAsync(wire);
        var channels = new ISmpiChannel[count];
        for (int number = 0; number < count; number++)
        {
            channels[number] = await Host.ConnectAsync(wire, address);
            _channels.Add(channels[number]);
        }

        return channels;
    }

    public async Task<int> RawPortAsync(string kind)
    {
        if (!_ports.TryGetValue(kind, out int port)) _ports[kind] = port = int.Parse(await server.AskAsync($"raw {kind}"), CultureInfo.InvariantCulture);
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ISmpiChannel channel in _channels) await channel.DisposeAsync();
        foreach (ISmpiServer own in _servers.Values) await own.DisposeAsync();
    }
}
