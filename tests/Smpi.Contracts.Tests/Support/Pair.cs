namespace Smpi.Contracts.Tests;

/// <summary>A server and a channel to it, over any protocol and encoding.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly TaskCompletionSource<ISmpiPeer> _peer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Pair()
    {
    }

    public ISmpiServer Server { get; private set; } = null!;

    public ISmpiChannel Channel { get; private set; } = null!;

    public Task<ISmpiPeer> Peer => _peer.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public static TheoryData<string, string> Wires => new()
    {
        { "memory", "json" },
        { "memory", "msgpack" },
        { "tcp", "json" },
        { "tcp", "msgpack" },
        { "ws", "json" },
        { "ws", "msgpack" },
    };

    public static async Task<Pair> OpenAsync(string protocol, string encoding, Action<SmpiBuilder> server, Action<SmpiBuilder>? client = null)
    {
        string address = protocol switch
        {
            "memory" => $"memory:contracts-{Guid.NewGuid():N}",
            "ws" => "ws://127.0.0.1:0/smpi",
            _ => $"{protocol}://127.0.0.1:0",
        };
        var pair = new Pair();
        pair.Server = await SmpiServer.ListenAsync($"{encoding}+{address}", builder =>
        {
            builder.OnPeer(peer => pair._peer.TrySetResult(peer));
            server(builder);
        });
        string reached = protocol == "memory" ? address : pair.Server.Address;
        pair.Channel = await SmpiChannel.ConnectAsync($"{encoding}+{reached}", client);
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Server.DisposeAsync();
    }
}
