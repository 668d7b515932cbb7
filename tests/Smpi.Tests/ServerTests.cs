using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class ServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_broadcast_reaches_ninety_nine_peers_though_one_is_stalled()
    {
        const int Events = 2000;
        await using Pair pair = await Pair.OpenAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counts = new ConcurrentDictionary<int, int>();
        var done = new CountdownEvent(99);
        var channels = new List<ISmpiChannel>();
        for (int number = 0; number < 100; number++)
        {
            int own = number;
            ISmpiChannel channel = pair.Connect();
            channels.Add(channel);
            channel.On<Happened>(async (happened, ct) =>
            {
                if (own == 0) await release.Task.WaitAsync(ct);
                if (counts.AddOrUpdate(own, 1, (_, count) => count + 1) == Events && own != 0) done.Signal();
            });
            await channel.ConnectAsync();
        }

        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 100);
        for (int number = 0; number < Events; number++)
        {
            await pair.Server.Peers.PublishAsync(new Happened(number));
            if (number % 100 == 99) await Eventually.IsTrueAsync(() => channels.Skip(1).Select((_, own) => counts.GetValueOrDefault(own + 1)).Min() >= number - 500);
        }

        await Task.Run(() => done.Wait(Soon));
        Assert.Equal(99, counts.Count(pair => pair.Key != 0 && pair.Value == Events));
        release.SetResult();
        await Task.WhenAll(channels.Select(channel => channel.DisposeAsync().AsTask())).WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 0);
    }

    [Fact]
    public async Task A_slow_peer_is_told_how_many_events_it_lost()
    {
        var gate = new SemaphoreSlim(0);
        var gaps = new ConcurrentQueue<EventGap>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync();
        int taken = 0;
        using ISubscription subscription = pair.Channel.On<Happened>(
            async (happened, ct) =>
            {
                if (Interlocked.Increment(ref taken) == 1) await gate.WaitAsync(ct);
                if (happened.Number == -1) last.TrySetResult();
            },
            new SubscriptionOptions { OnGap = gaps.Enqueue });
        await pair.Channel.ConnectAsync();
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);

        // More than the window and the queue hold together.
        for (int number = 0; number < 40_000; number++) await pair.Server.Peers.PublishAsync(new Happened(number));
        Assert.True(peer.DroppedEvents > 0);
        gate.Release();
        await Eventually.IsTrueAsync(() => !gaps.IsEmpty);
        await pair.Server.Peers.PublishAsync(new Happened(-1));
        await last.Task.WaitAsync(Soon);
        Assert.Equal(peer.DroppedEvents, gaps.Sum(gap => gap.Lost));
        Assert.Equal(40_001 - peer.DroppedEvents, taken);
    }

    [Fact]
    public async Task A_group_reaches_its_members_only_and_forgets_those_who_left()
    {
        await using Pair pair = await Pair.OpenAsync();
        await using ISmpiChannel other = pair.Connect();
        var heard = new ConcurrentQueue<string>();
        using ISubscription first = pair.Channel.On<Happened>(happened => heard.Enqueue($"first {happened.Number}"));
        using ISubscription second = other.On<Happened>(happened => heard.Enqueue($"second {happened.Number}"));
        await pair.Channel.ConnectAsync();
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);
        await other.ConnectAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 2);
        pair.Server.Group("room").Add(peer);
        await pair.Server.Group("room").PublishAsync(new Happened(1));
        await pair.Server.Peers.PublishAsync(new Happened(2));
        await Eventually.IsTrueAsync(() => heard.Count == 3);
        Assert.Equal(["first 1", "first 2", "second 2"], heard.Order());
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Group("room").Count == 0);
    }

    [Fact]
    public async Task A_drain_lets_accepted_calls_end_and_then_says_goodbye()
    {
        var started = new CountdownEvent(50);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.Handle(async (Hang hang, CancellationToken _) =>
            {
                started.Signal();
                await finish.Task;
                return new Pong(hang.Id, "done");
            }),
            client => client.WithReconnect(new ReconnectOptions { Enabled = false }));
        Task<Pong>[] calls = [.. Enumerable.Range(0, 50).Select(id => pair.Channel.RequestAsync(new Hang(id)).AsTask())];
        await Task.Run(() => started.Wait(Soon));
        Task drain = pair.Server.DrainAsync().AsTask();
        RemoteException refused = await Eventually.ThrowsAsync<RemoteException>(async () => await pair.Channel.RequestAsync(new Ping(1)));
        Assert.Equal(ErrorCode.Unavailable, refused.Code);
        Assert.False(drain.IsCompleted);
        finish.SetResult();
        Pong[] pongs = await Task.WhenAll(calls).WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 50), pongs.Select(pong => pong.Number));
        await drain.WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => pair.Channel.Status.State == ChannelState.Closed);
        Assert.Equal("The server is shutting down.", pair.Channel.Status.LastClose?.Text);
        Assert.Equal(ClosedBy.Peer, pair.Channel.Status.LastClose?.By);
    }

    [Fact]
    public async Task A_server_may_call_the_peer_that_connected()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.Handle((Ping ping) => new Pong(-ping.Number, "client")));
        await pair.Channel.ConnectAsync();
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);
        Assert.Equal(-5, (await peer.RequestAsync(new Ping(5))).Number);
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => peer.Gone.IsCancellationRequested);
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await peer.RequestAsync(new Ping(5)));
    }

    [Fact]
    public async Task A_handler_that_drains_its_server_with_its_own_token_is_not_waited_for()
    {
        var clock = new FakeClock();
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var draining = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        ISmpiServer? server = null;
        await using Pair pair = await Pair.OpenAsync(
            builder => builder
                .WithClock(clock)
                .Handle(async (Hang hang, CancellationToken _) =>
                {
                    hanging.TrySetResult();
                    await finish.Task;
                    return new Pong(hang.Id, "done");
                })
                .Handle("stop", async (int number, CallContext _, CancellationToken ct) =>
                {
                    Task drain = server!.DrainAsync(ct).AsTask();
                    draining.TrySetResult(drain);
                    await drain;
                    return number;
                }),
            client => client.WithReconnect(new ReconnectOptions { Enabled = false }));
        server = pair.Server;
        await using ISmpiChannel other = pair.Connect();
        Task<Pong> slow = other.RequestAsync(new Hang(1)).AsTask();
        await hanging.Task.WaitAsync(Soon);
        Task<int> stopping = pair.Channel.RequestAsync<int, int>("stop", 1).AsTask();
        Task drained = await draining.Task.WaitAsync(Soon);
        await Eventually.ThrowsAsync<RemoteException>(async () => await other.RequestAsync(new Ping(1)));
        Assert.False(drained.IsCompleted);
        finish.SetResult();
        Assert.Equal(1, (await slow.WaitAsync(Soon)).Number);
        await drained.WaitAsync(Soon);
        ChannelClosedException closed = await Assert.ThrowsAsync<ChannelClosedException>(() => stopping.WaitAsync(Soon));
        Assert.Equal("The server is shutting down.", closed.Reason.Text);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public async Task A_drain_that_has_to_cut_calls_off_says_which()
    {
        var clock = new FakeClock();
        var errors = new ConcurrentQueue<string>();
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(
            builder => builder
                .WithClock(clock)
                .WithOptions(options => options.Errors = (subject, error) => errors.Enqueue($"{subject}: {error.Message}"))
                .Handle(async (Hang hang, CancellationToken ct) =>
                {
                    hanging.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ct);
                    return new Pong(hang.Id, "never");
                }),
            client => client.WithReconnect(new ReconnectOptions { Enabled = false }));
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1)).AsTask();
        await hanging.Task.WaitAsync(Soon);
        Task drain = pair.Server.DrainAsync().AsTask();
        await Eventually.IsTrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return drain.IsCompleted;
        });
        await drain.WaitAsync(Soon);
        await Assert.ThrowsAsync<ChannelClosedException>(() => call.WaitAsync(Soon));
        Assert.StartsWith("DrainAsync: Calls of", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains("'hang'", errors.Single(), StringComparison.Ordinal);
    }
}
