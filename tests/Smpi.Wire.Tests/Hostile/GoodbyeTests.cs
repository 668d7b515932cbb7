using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

public sealed class GoodbyeTests
{
    private const ulong FailedPrecondition = 9;
    private const ulong EnhanceYourCalm = 35;
    private const ulong ProtocolError = 38;

    [Fact]
    public async Task A_protocol_error_is_said_before_the_close()
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.GreetedAsync();
        await Target.AssertAnswersAsync(peer);
        await peer.SendAsync(NativeFrames.Raw(0x77 + 0x10, 0, [1, 2, 3]));
        RawFrame? goodbye = await peer.ReadUntilClosedAsync();
        Assert.Equal(ProtocolError, goodbye!.Code);
        Assert.Equal("The peer sent a frame of type 0x87, which version 1 does not have.", goodbye.Text);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000", "TLS")]
    public async Task A_foreign_peer_is_told_what_it_seems_to_speak(string first, string name)
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.ConnectAsync();
        await peer.SendAsync(System.Text.Encoding.Latin1.GetBytes(first));
        RawFrame? goodbye = await peer.ReadUntilClosedAsync();
        Assert.Equal(ProtocolError, goodbye!.Code);
        Assert.Contains(name, goodbye.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_goodbye_arrives_though_much_that_was_sent_is_unread()
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.GreetedAsync();
        byte[] flood = NativeFrames.Ignored(60_000);
        await peer.SendAsync(NativeFrames.Raw(0x87, 0, []));
        await peer.SendManyAsync(flood, 100);
        Assert.Equal(ProtocolError, (await peer.ReadUntilClosedAsync())!.Code);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_holds_up_the_close_for_a_moment_only()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Target target = await Target.StartAsync(configure: builder => builder
            .Handle((AskMuch _) => new Told(new string('x', 1_000_000)))
            .OnPeer(peer => peer.Gone.Register(() => gone.TrySetResult())));
        await using RawPeer peer = await RawPeer.ConnectAsync(target.Address, receiveBuffer: 4096);
        await peer.GreetAsync();
        await peer.SendManyAsync(20, index => NativeFrames.Request((ulong)index + 1, "ask-much", "{}"u8));
        await peer.SendAsync(NativeFrames.Raw(0x87, 0, []));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_hears_the_sentence_of_its_server()
    {
        await using var server = new RawServer(async (peer, ct) =>
        {
            await peer.GreetAsync(new HelloOptions { Role = 1 });
            await peer.SendAsync(NativeFrames.Goodbye(ProtocolError, "This is the sentence."), ct);
            await peer.ReadUntilClosedAsync(ct);
        });
        await using ISmpiChannel channel = Channel(server);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (true) await channel.RequestAsync(new Ask(1)).AsTask().WaitAsync(Target.Patience);
        });
        Assert.Equal(new CloseReason(ErrorCode.ProtocolError, "This is the sentence.", ClosedBy.Peer), error.Reason);
    }

    [Theory]
    [InlineData(16, 1023, "MessageSize is 1,023 and its minimum is 1,024")]
    [InlineData(19, 15, "NameSize is 15 and its minimum is 16")]
    [InlineData(20, 1023, "StreamWindow is 1,023 and its minimum is 1,024")]
    [InlineData(23, 0, "Calls is 0 and its minimum is 1")]
    [InlineData(24, 0, "Streams is 0 and its minimum is 1")]
    [InlineData(26, 1023, "InFlightSize is 1,023 and its minimum is 1,024")]
    [InlineData(27, 0, "Depth is 0 and its minimum is 1")]
    public async Task A_hello_below_a_minimum_is_refused_with_a_sentence(int tag, ulong value, string sentence)
    {
        await using Target target = await Target.StartAsync();
        await using RawPeer peer = await target.ConnectAsync();
        await peer.SendAsync(NativeFrames.Hello(new HelloOptions().With(tag, value)));
        RawFrame? goodbye = await peer.ReadUntilClosedAsync();
        Assert.Equal(FailedPrecondition, goodbye!.Code);
        Assert.Contains(sentence, goodbye.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hello_of_the_minimums_is_taken()
    {
        await using Target target = await Target.StartAsync();
        HelloOptions least = new HelloOptions().With(16, 1024).With(17, 0).With(18, 0).With(19, 16).With(20, 1024).With(21, 0).With(22, 0).With(23, 1).With(24, 1)
            .With(25, 0).With(26, 1024).With(27, 1);
        await using RawPeer peer = await target.GreetedAsync(least);
        await Target.AssertAnswersAsync(peer);
    }

    [Fact]
    public void Limits_below_a_minimum_are_refused_when_a_channel_is_built()
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => SmpiChannel.Create(builder => builder
            .UseProtocol(new TcpProtocol("127.0.0.1", 1)).UseEncoding(new JsonEncoding()).WithLimits(new SmpiLimits { Calls = 0 })));
        Assert.Equal("The limit Calls is 0 and its minimum is 1: raise it.", error.Message);
    }

    [Fact]
    public async Task A_peer_that_only_echoes_is_no_peer()
    {
        await using var server = new RawServer(async (peer, ct) =>
        {
            while (await peer.ReadSomeAsync() is { Length: > 0 } some) await peer.SendAsync(some, ct);
        });
        await using ISmpiChannel channel = Channel(server);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Target.Patience));
        Assert.Contains("echoes what it is sent: it is not a Smpi peer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_drips_ends_the_connection(bool parts)
    {
        await using Target target = await Target.StartAsync(new SmpiLimits { LeastDataRate = 1_000_000 });
        await using RawPeer peer = await target.GreetedAsync();
        await Target.AssertAnswersAsync(peer);
        await peer.SendAsync(parts ? NativeFrames.Request(2, 1, "{"u8, more: true) : NativeFrames.Request(2, 1, """{"number":7}"""u8)[..^1]);
        RawFrame? goodbye = await peer.ReadUntilClosedAsync();
        Assert.Equal(EnhanceYourCalm, goodbye!.Code);
        Assert.Contains("less than 1,000,000 bytes a second", goodbye.Text, StringComparison.Ordinal);
    }

    private static ISmpiChannel Channel(RawServer server) =>
        SmpiChannel.Create(builder => builder.UseProtocol(new TcpProtocol("127.0.0.1", server.Port)).UseEncoding(new JsonEncoding()));
}
