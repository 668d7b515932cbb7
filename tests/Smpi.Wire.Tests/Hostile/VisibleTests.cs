using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

public sealed class VisibleTests
{
    private const string Forged = "\u001b[2Jgone\r\n2026-01-01 root logged in\u202e";
    private const string Shown = "\\u001b[2Jgone\\r\\n2026-01-01 root logged in\\u202e";

    [Fact]
    public async Task Text_of_a_peer_reaches_the_caller_without_control_characters()
    {
        await using var server = new RawServer(async (peer, ct) =>
        {
            await peer.GreetAsync(new HelloOptions { Role = 1, Agent = Forged });
            RawFrame request = await peer.ReadFrameAsync(FrameTypes.Request, ct);
            await peer.SendAsync(NativeFrames.Error(request.Id!.Value, 0, Forged, name: "a\u001b[0m"), ct);
            request = await peer.ReadFrameAsync(FrameTypes.Request, ct);
            await peer.SendAsync(NativeFrames.Goodbye(14, Forged), ct);
            await peer.ReadUntilClosedAsync(ct);
        });
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseProtocol(new TcpProtocol("127.0.0.1", server.Port)).UseEncoding(new JsonEncoding()));
        var fault = await Assert.ThrowsAsync<RemoteException>(() => channel.RequestAsync(new Ask(1)).AsTask().WaitAsync(Target.Patience));
        Assert.Equal(Shown, fault.Message);
        Assert.Equal("a\\u001b[0m", fault.Code.Name);
        var closed = await Assert.ThrowsAsync<ChannelClosedException>(() => channel.RequestAsync(new Ask(2)).AsTask().WaitAsync(Target.Patience));
        Assert.Equal(Shown, closed.Reason.Text);
        Assert.Equal(ClosedBy.Peer, closed.Reason.By);
    }

    [Fact]
    public void The_agent_of_a_hello_is_shown_without_control_characters()
    {
        var hello = new System.Buffers.ReadOnlySequence<byte>(NativeFrames.Hello(new HelloOptions { Agent = Forged }));
        IWireSession session = new NativeFormat().CreateSession(new ConnectionOptions { Format = new NativeFormat() });
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref hello, out _, out _));
        Assert.Equal(Shown, session.Received.Hello!.Agent);
    }
}
