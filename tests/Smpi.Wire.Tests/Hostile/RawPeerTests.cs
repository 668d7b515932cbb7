using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

public sealed class RawPeerTests
{
    [Fact]
    public async Task A_raw_peer_makes_an_ordinary_call_to_a_real_server()
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.GreetedAsync();
        await Target.AssertAnswersAsync(peer);
        await peer.SendAsync(NativeFrames.Request(2, 1, """{"number":8}"""u8, amount: 10_000, headers: [("trace", "t1")]));
        Assert.Equal("""{"text":"number 8"}""", (await peer.ReadFrameAsync(FrameTypes.Response)).BodyText);
        await peer.SendAsync(NativeFrames.Ping(77));
        Assert.Equal(BitConverter.GetBytes(77UL), (await peer.ReadFrameAsync(FrameTypes.Pong)).Body);
    }

    [Fact]
    public async Task A_raw_server_answers_an_ordinary_call_of_a_real_client()
    {
        await using var server = new RawServer(async (peer, ct) =>
        {
            await peer.GreetAsync(new HelloOptions { Role = 1 });
            RawFrame request = await peer.ReadFrameAsync(FrameTypes.Request, ct);
            Assert.Equal("ask", request.Subject);
            await peer.SendAsync(NativeFrames.Response(request.Id!.Value, """{"text":"raw"}"""u8), ct);
            await peer.ReadUntilClosedAsync(ct);
        });
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseProtocol(new TcpProtocol("127.0.0.1", server.Port)).UseEncoding(new JsonEncoding()));
        Assert.Equal("raw", (await channel.RequestAsync(new Ask(1)).AsTask().WaitAsync(Target.Patience)).Text);
        Assert.Empty(server.Failures);
    }
}
