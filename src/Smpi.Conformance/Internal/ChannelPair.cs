namespace Smpi.Conformance;

/// <summary>A server and a channel to it.</summary>
internal sealed class ChannelPair : IAsyncDisposable
{
    private readonly Task<ISmpiPeer> _peer;

    private ChannelPair(ISmpiServer server, ISmpiChannel channel, Task<ISmpiPeer> peer)
    {
        Server = server;
        Channel = channel;
        _peer = peer;
    }

    public ISmpiServer Server { get; }

    public ISmpiChannel Channel { get; }

    /// <summary>The server's side of the channel, once it is connected.</summary>
    public async Task<ISmpiPeer> PeerAsync()
    {
        await Channel.ConnectAsync().Soon();
        return await _peer.Soon();
    }

    public static async Task<ChannelPair> OpenAsync(ChannelSetup setup, Action<SmpiBuilder>? server = null, Action<SmpiBuilder>? client = null)
    {
        var connected = new TaskCompletionSource<ISmpiPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ISmpiServer listening = SmpiServer.Create(builder =>
        {
            setup.Server(builder);
            builder.OnPeer(peer => connected.TrySetResult(peer));
            builder.AddCoreHandlers(setup.Traits);
            server?.Invoke(builder);
        });
        await listening.ListenAsync().Soon();
        ISmpiChannel channel = SmpiChannel.Create(builder =>
        {
            setup.Client(builder, listening.Address);
            client?.Invoke(builder);
        });
        return new ChannelPair(listening, channel, connected.Task);
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync().Soon();
        await Server.DisposeAsync().Soon();
    }
}
