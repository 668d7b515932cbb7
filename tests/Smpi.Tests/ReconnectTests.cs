using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class ReconnectTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_channel_comes_back_and_its_subscriptions_with_it()
    {
        var gaps = new ConcurrentQueue<EventGap>();
        var heard = new ConcurrentQueue<int>();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        using ISubscription subscription = pair.Channel.On<Happened>(happened => heard.Enqueue(happened.Number), new SubscriptionOptions { OnGap = gaps.Enqueue });
        await pair.Channel.ConnectAsync();
        await (await pair.Peer.WaitAsync(Soon)).DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == 2);
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
        await pair.Server.Peers.PublishAsync(new Happened(9));
        await Eventually.IsTrueAsync(() => heard.Contains(9));
        await Eventually.IsTrueAsync(() => gaps.Count == 1);
        Assert.True(gaps.TryPeek(out EventGap gap));
        Assert.Null(gap.Lost);
    }

    [Fact]
    public async Task The_first_connect_is_retried_too()
    {
        await using Pair probe = await Pair.OpenAsync();
        int port = new Uri(probe.Server.Address).Port;
        await probe.Server.DisposeAsync();
        await using ISmpiChannel channel = Pair.Create(port, builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(20) }));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.ConnectAsync());
        Task<Pong> call = channel.RequestAsync(new Ping(3), new CallOptions { WaitForConnection = true }).AsTask();
        await using Pair late = await Pair.OpenAsync(port: port);
        Assert.Equal(3, (await call.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task A_call_that_does_not_wait_fails_at_once_while_the_peer_is_away()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMinutes(10), Jitter = 0 }));
        await pair.Channel.ConnectAsync();
        await pair.Server.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.State == ChannelState.Reconnecting);
        ChannelClosedException error = await Eventually.ThrowsAsync<ChannelClosedException>(async () => await pair.Channel.RequestAsync(new Ping(1)));
        Assert.False(error.WasSent);
        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(
            async () => await pair.Channel.RequestAsync(new Ping(1), new CallOptions { WaitForConnection = true, Deadline = TimeSpan.FromMilliseconds(30) }));
        Assert.Contains("was not sent", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotent_call_is_sent_again_after_a_loss()
    {
        int runs = 0;
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.Handle("twice", async (int number, CallContext context, CancellationToken _) =>
            {
                if (Interlocked.Increment(ref runs) == 1) await context.Peer!.DisposeAsync();
                return number;
            }),
            client => client.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        int answer = await pair.Channel.RequestAsync<int, int>("twice", 4, new CallOptions { Idempotent = true, Deadline = Soon }, CancellationToken.None).AsTask().WaitAsync(Soon);
        Assert.Equal(4, answer);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_call_that_may_have_been_handled_says_so_and_is_not_sent_again()
    {
        int runs = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("once", async (int number, CallContext context, CancellationToken _) =>
        {
            Interlocked.Increment(ref runs);
            await context.Peer!.DisposeAsync();
            return number;
        }));
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await pair.Channel.RequestAsync<int, int>("once", 4));
        Assert.True(error.WasSent);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Attempts_end_after_their_number()
    {
        await using ISmpiChannel channel = Pair.Create(1, builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 3 }));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Ping(1), new CallOptions { WaitForConnection = true }));
        Assert.Equal(ChannelState.Closed, channel.Status.State);
    }

    [Fact]
    public async Task A_peer_that_closes_each_connection_after_its_hello_is_dialled_with_growing_waits_and_that_is_said_once()
    {
        var clock = new FakeClock();
        var notes = new ConcurrentQueue<ConnectionNote>();
        int dialled = 0;
        await using Pair pair = await Pair.OpenAsync(
            server => server.OnPeer(peer =>
            {
                Interlocked.Increment(ref dialled);
                _ = peer.DisposeAsync().AsTask();
            }),
            client => client.WithClock(clock).WithOptions(options =>
            {
                options.Reconnect = new ReconnectOptions { FirstDelay = TimeSpan.FromSeconds(1), Jitter = 0, MaxDelay = TimeSpan.FromSeconds(8) };
                options.Notes += notes.Enqueue;
            }));
        _ = pair.Channel.ConnectAsync().AsTask();

        // The first loss in a row may be an accident.
        await Eventually.IsTrueAsync(() => !notes.IsEmpty);
        Assert.Equal(2, dialled);
        foreach (int seconds in new[] { 1, 2, 4, 8, 8 })
        {
            int before = dialled;
            await WaitsAsync(pair.Channel);
            clock.Advance(TimeSpan.FromSeconds(seconds - 0.001));
            Assert.Equal(before, dialled);
            clock.Advance(TimeSpan.FromSeconds(0.002));
            await Eventually.IsTrueAsync(() => dialled > before);
            await Eventually.IsTrueAsync(() => pair.Channel.Status.State == ChannelState.Reconnecting);
        }

        Assert.Equal(7, dialled);
        ConnectionNote note = Assert.Single(notes);
        Assert.Contains("closes each connection soon after its hello; trying again with growing waits", note.Text, StringComparison.Ordinal);

        // While it waits, a call that does not want to wait is told at once.
        await WaitsAsync(pair.Channel);
        ChannelClosedException away = await Assert.ThrowsAsync<ChannelClosedException>(
            async () => await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon));
        Assert.False(away.WasSent);

        async Task WaitsAsync(ISmpiChannel channel) => await Eventually.ThrowsAsync<ChannelClosedException>(
            async () => await channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task After_a_connection_that_was_healthy_the_waits_begin_anew()
    {
        var clock = new FakeClock();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: client => client
            .WithClock(clock)
            .WithLimits(limits => limits with { HeartbeatInterval = TimeSpan.Zero })
            .UseLayer(wire.Layer)
            .WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMinutes(10), Jitter = 0, HealthyAfter = TimeSpan.FromSeconds(10) }));
        await pair.Channel.ConnectAsync();
        for (int generation = 1; generation <= 5; generation++)
        {
            await Eventually.IsTrueAsync(() => pair.Channel.Status is { State: ChannelState.Connected } status && status.Generation == generation);
            clock.Advance(TimeSpan.FromSeconds(10));
            wire.Cut();
        }

        // No time passes, so none was waited for.
        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == 6);
        Assert.Equal(TimeSpan.FromSeconds(50), clock.Elapsed);
    }

    [Fact]
    public async Task Connecting_explicitly_ends_the_wait_between_attempts()
    {
        var clock = new FakeClock();
        await using Pair probe = await Pair.OpenAsync();
        int port = new Uri(probe.Server.Address).Port;
        await probe.Server.DisposeAsync();
        await using ISmpiChannel channel = Pair.Create(
            port, builder => builder.WithClock(clock).WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromHours(1) }));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.ConnectAsync());
        await using Pair late = await Pair.OpenAsync(port: port);
        await Eventually.IsTrueAsync(() => clock.Timers > 0);
        await Eventually.DoneAsync(async () => await channel.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(ChannelState.Connected, channel.Status.State);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public async Task The_reason_of_a_loss_stays_when_attempts_fail_afterwards()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        await pair.Channel.ConnectAsync();
        Assert.Null(pair.Channel.Status.LastClose);
        int port = new Uri(pair.Server.Address).Port;
        await pair.Server.DrainAsync();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.LastFailure is not null);
        Assert.Equal("The server is shutting down.", pair.Channel.Status.LastClose?.Text);
        Assert.Contains("Nothing listens", pair.Channel.Status.LastFailure!.Text, StringComparison.Ordinal);
        await using Pair late = await Pair.OpenAsync(port: port);
        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == 2);
        Assert.Null(pair.Channel.Status.LastFailure);
        Assert.Equal("The server is shutting down.", pair.Channel.Status.LastClose?.Text);
    }

    [Fact]
    public async Task What_joins_groups_runs_after_each_connect_and_its_token_fires_at_the_loss()
    {
        var joined = new ConcurrentQueue<int>();
        var tokens = new ConcurrentQueue<CancellationToken>();
        var errors = new ConcurrentQueue<string>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(
            server => server.Handle("join", (int number, CallContext context, CancellationToken _) => new ValueTask<int>(number)),
            client => client
                .UseLayer(wire.Layer)
                .WithOptions(options => options.Errors = (subject, error) => errors.Enqueue($"{subject}: {error.Message}"))
                .OnConnected(async (channel, lost) =>
                {
                    tokens.Enqueue(lost);
                    joined.Enqueue(await channel.RequestAsync<int, int>("join", channel.Status.Generation, null, lost));
                    if (joined.Count == 2) throw new InvalidOperationException("not again");
                }));
        await pair.Channel.ConnectAsync();
        for (int generation = 1; generation <= 3; generation++)
        {
            await Eventually.IsTrueAsync(() => joined.Count == generation);
            Assert.False(tokens.Last().IsCancellationRequested);
            CancellationToken token = tokens.Last();
            wire.Cut();
            await Eventually.IsTrueAsync(() => token.IsCancellationRequested);
        }

        await Eventually.IsTrueAsync(() => joined.Count == 4);
        Assert.Equal([1, 2, 3, 4], joined);
        Assert.Equal(["OnConnected: not again"], errors);
    }

    [Fact]
    public async Task A_subscription_to_a_channel_that_was_disposed_ends_at_once()
    {
        await using Pair pair = await Pair.OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        await pair.Channel.DisposeAsync();
        await pair.Channel.On<Happened>(_ => { }).Completion.WaitAsync(Soon);
        await foreach (Happened _ in pair.Channel.Events<Happened>()) Assert.Fail("Nothing can come.");
        await Eventually.IsTrueAsync(() => peer.Gone.IsCancellationRequested);
        await peer.On<Happened>(_ => { }).Completion.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_subscription_to_a_channel_that_gave_up_ends_at_once_with_the_reason()
    {
        await using ISmpiChannel channel = Pair.Create(1, builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        ISubscription early = channel.On<Happened>(_ => { });
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.ConnectAsync());
        await Assert.ThrowsAsync<ChannelClosedException>(() => early.Completion.WaitAsync(Soon));
        await Eventually.ThrowsAsync<ChannelClosedException>(() => channel.On<Happened>(_ => { }).Completion.WaitAsync(Soon));
    }
}
