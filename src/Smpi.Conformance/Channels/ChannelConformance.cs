namespace Smpi.Conformance;

/// <summary>The whole channel over any combination of protocol, wire format, encoding and event loop.</summary>
public abstract class ChannelConformance : ChannelEventConformance
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_goes_fails_all_pending_calls_with_the_reason(bool serverCloses)
    {
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Gated(gate));
        ISmpiPeer peer = await pair.PeerAsync();
        Task<Pong>[] calls = [.. Enumerable.Range(0, 20).Select(id => pair.Channel.RequestAsync(new Gated(id)).AsTask())];
        await gate.Started;
        await Patience.UntilAsync(() => peer.Status.RunningCalls == 20);
        await (serverCloses ? peer.DisposeAsync() : pair.Channel.DisposeAsync()).Soon();
        foreach (Task<Pong> call in calls)
        {
            ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => call.Soon());
            Assert.Equal(serverCloses ? ClosedBy.Peer : ClosedBy.Local, error.Reason.By);
            Assert.True(error.WasSent);
            Assert.NotEmpty(error.Reason.Text);
        }

        await gate.Cancelled;
        await Patience.UntilAsync(() => peer.Gone.IsCancellationRequested);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task A_peer_that_goes_ends_its_streams_with_the_reason()
    {
        if (!Traits.Streams)
        {
            await Refusal.IsTypedAsync(Setup, null, channel => channel.StreamAsync(new Count(1, 0)).DrainAsync());
            return;
        }

        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Streaming(gate));
        ISmpiPeer peer = await pair.PeerAsync();
        await Assert.ThrowsAsync<ChannelClosedException>(() => LeaveAsync().Soon());
        await gate.Cancelled;

        async Task LeaveAsync()
        {
            await foreach (Pong _ in pair.Channel.StreamAsync(new GatedStream(1)))
            {
                await gate.Started;
                await peer.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Cancelling_while_the_connection_ends_completes_every_call_once()
    {
        await using ChannelPair pair = await OpenAsync();
        await pair.PeerAsync();
        using var source = new CancellationTokenSource();
        Task<Pong>[] calls = [.. Enumerable.Range(0, 50).Select(id => pair.Channel.RequestAsync(new Hang(id), source.Token).AsTask())];
        await Task.WhenAll(Task.Run(source.Cancel), Task.Run(async () => await pair.Channel.DisposeAsync())).Soon();
        foreach (Task<Pong> call in calls)
        {
            Exception? error = await Record.ExceptionAsync(() => call.Soon());
            Assert.True(error is OperationCanceledException or ChannelClosedException, $"A call ended with {error}.");
        }

        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task A_channel_outlives_its_connection()
    {
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        int generation = pair.Channel.Status.Generation;
        await peer.DisposeAsync().Soon();
        await Patience.UntilAsync(() => pair.Channel.Status.Generation > generation && pair.Channel.Status.State == ChannelState.Connected);
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task Disposal_may_be_repeated_and_race()
    {
        await using ChannelPair pair = await OpenAsync();
        await pair.PeerAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Task.Run(async () =>
        {
            if (turn % 2 == 0) await pair.Channel.DisposeAsync();
            else await pair.Server.DisposeAsync();
        }))).Soon();
        Assert.Equal(ChannelState.Closed, pair.Channel.Status.State);
        await Assert.ThrowsAnyAsync<Exception>(() => pair.Channel.RequestAsync(new Ping(1)).Soon());
    }

    [Fact]
    public async Task Subscriptions_end_with_their_channel()
    {
        await using ChannelPair pair = await OpenAsync();
        await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(_ => { });
        await pair.Channel.DisposeAsync().Soon();
        await Patience.UntilAsync(() => subscription.Completion.IsCompleted);
        Assert.Equal(ChannelState.Closed, pair.Channel.Status.State);
    }

    [Fact]
    public async Task Calling_a_server_that_is_gone_fails_typed_and_says_that_nothing_was_sent()
    {
        ChannelPair pair = await OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        await using (pair)
        {
            await pair.Server.DisposeAsync().Soon();
            ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => pair.Channel.RequestAsync(new Ping(1)).Soon());
            Assert.False(error.WasSent);
        }
    }
}
