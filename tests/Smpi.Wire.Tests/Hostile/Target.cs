using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

/// <summary>A real server on TCP that raw peers attack.</summary>
internal sealed class Target(ISmpiServer server) : IAsyncDisposable
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public string Address => server.Address;

    public ISmpiServer Server => server;

    public static async Task<Target> StartAsync(SmpiLimits? limits = null, Action<SmpiBuilder>? configure = null)
    {
        ISmpiServer server = SmpiServer.Create(builder =>
        {
            builder.ListenOn(new TcpProtocol("127.0.0.1", 0)).UseEncoding(new JsonEncoding());
            if (limits is not null) builder.WithLimits(limits);
            builder.Handle((Ask ask) => new Told($"number {ask.Number}"));
            configure?.Invoke(builder);
        });
        await server.ListenAsync();
        return new Target(server);
    }

    public Task<RawPeer> ConnectAsync() => RawPeer.ConnectAsync(Address);

    public async Task<RawPeer> GreetedAsync(HelloOptions? options = null)
    {
        RawPeer peer = await ConnectAsync();
        await peer.GreetAsync(options);
        return peer;
    }

    /// <summary>Makes an ordinary call over a raw peer and checks its answer.</summary>
    public static async Task AssertAnswersAsync(RawPeer peer, ulong id = 1)
    {
        await peer.SendAsync(NativeFrames.Request(id, "ask", """{"number":7}"""u8));
        RawFrame answer = await peer.ReadFrameAsync(FrameTypes.Response);
        Assert.Equal(id, answer.Id);
        Assert.Equal("""{"text":"number 7"}""", answer.BodyText);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
