using System.Collections.Concurrent;

namespace Smpi.Tests;

/// <summary>What happens to that which had come when a connection is lost.</summary>
public sealed class LossTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly ReconnectOptions AtOnce = new() { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5), HealthyAfter = TimeSpan.Zero };

    [Fact]
    public async Task Events_that_came_before_a_loss_are_handled_before_the_peer_is_said_to_be_gone()
    {
        const int Count = 50;
        var told = new ConcurrentQueue<int>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .HandleEvent(async (Happened happened, CancellationToken _) =>
            {
                await gate.Task;
                told.Enqueue(happened.Number);
            })
            .OnPeerGone(_ =>
            {
                told.Enqueue(-1);
                gone.TrySetResult();
            }));
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < Count; number++) await pair.Channel.PublishAsync(new Happened(number));

        // Its answer says that the events before it were read.
        await pair.Channel.RequestAsync(new Ping(1));
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 0);
        Assert.False(peer.Gone.IsCancellationRequested);
        gate.SetResult();
        await gone.Task.WaitAsync(Soon);
        Assert.Equal([.. Enumerable.Range(0, Count), -1], told);
        await Eventually.IsTrueAsync(() => peer.Gone.IsCancellationRequested);
    }

    [Fact]
    public async Task A_handler_that_hangs_delays_the_end_of_its_peer_no_longer_than_a_closing_may_take_and_the_rest_is_reported()
    {
        var clock = new FakeClock();
        var errors = new ConcurrentQueue<Exception>();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithClock(clock)
            .WithOptions(options => options.Errors = (_, error) => errors.Enqueue(error))
            .HandleEvent(async (Happened _, CancellationToken ct) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, ct);
            })
            .OnPeerGone(_ => gone.TrySetResult()));
        await pair.PeerAsync();
        for (int number = 0; number < 10; number++) await pair.Channel.PublishAsync(new Happened(number));
        await pair.Channel.RequestAsync(new Ping(1));
        await started.Task.WaitAsync(Soon);
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 0);
        Assert.False(gone.Task.IsCompleted);
        await Eventually.IsTrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return gone.Task.IsCompleted;
        });
        await gone.Task.WaitAsync(Soon);
        Assert.Contains("10 events", Assert.Single(errors.OfType<TimeoutException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_is_disposed_in_its_own_event_handler_is_gone_at_once()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = new FakeClock();
        var peer = new TaskCompletionSource<ISmpiPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithClock(clock)
            .HandleEvent(async (Happened _, CancellationToken _) => await (await peer.Task).DisposeAsync())
            .OnPeerGone(_ => gone.TrySetResult()));
        peer.SetResult(await pair.PeerAsync());
        await pair.Channel.PublishAsync(new Happened(1));
        await gone.Task.WaitAsync(Soon);
        Assert.Equal(ClosedBy.Local, (await peer.Task).Status.LastClose?.By);
    }

    [Fact]
    public async Task What_came_by_the_old_connection_starts_before_the_gap_and_what_comes_by_the_new_one()
    {
        var seen = new List<string>();
        using var loop = new PumpedLoop();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder
            .WithReconnect(AtOnce)
            .RunOn(loop)
            .UseLayer(wire.Layer)
            .Handle((Ping ping) =>
            {
                seen.Add($"ping {ping.Number}");
                return new Pong(ping.Number, "client");
            }));
        using ISubscription first = pair.Channel.On<Happened>(
            happened => seen.Add($"event {happened.Number}"), new SubscriptionOptions { OnGap = gap => seen.Add($"gap {gap.Lost}") });
        Task connecting = pair.Channel.ConnectAsync().AsTask();
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);
        await peer.PublishAsync(new Happened(1));
        Task<Pong> lost = peer.RequestAsync(new Ping(1)).AsTask();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.RunningCalls == 1);
        wire.Cut();
        await Assert.ThrowsAsync<ChannelClosedException>(() => lost.WaitAsync(Soon));
        ISmpiPeer next = await PeerAsync(pair, 2);
        await next.PublishAsync(new Happened(2));
        Task<Pong> answered = next.RequestAsync(new Ping(2)).AsTask();
        await Eventually.IsTrueAsync(() =>
        {
            loop.RunPending();
            return answered.IsCompleted;
        });
        await connecting.WaitAsync(Soon);
        Assert.Equal(["event 1", "ping 1", "gap ", "event 2", "ping 2"], seen);
    }

    [Fact]
    public async Task A_handler_that_hangs_holds_up_neither_the_reconnect_nor_calls_nor_other_handlers()
    {
        var block = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new ConcurrentQueue<int>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder
            .WithReconnect(AtOnce)
            .UseLayer(wire.Layer)
            .Handle((Ping ping) => new Pong(ping.Number, "client")));
        using ISubscription hanging = pair.Channel.On<Happened>(
            async (happened, _) =>
            {
                heard.Enqueue(happened.Number);
                await block.Task;
            },
            new SubscriptionOptions { OnGap = _ => heard.Enqueue(-1) });
        ISmpiPeer peer = await pair.PeerAsync();
        await peer.PublishAsync(new Happened(1));
        await peer.PublishAsync(new Happened(2));
        await peer.RequestAsync(new Ping(1));
        wire.Cut();
        ISmpiPeer next = await PeerAsync(pair, 2);
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon)).Number);
        await next.PublishAsync(new Happened(3));
        Assert.Equal(2, (await next.RequestAsync(new Ping(2)).AsTask().WaitAsync(Soon)).Number);
        Assert.Equal([1], heard);
        block.SetResult();
        await Eventually.IsTrueAsync(() => heard.Count == 4);
        Assert.Equal([1, 2, -1, 3], heard);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_keep_the_new_connection_from_being_served()
    {
        using var block = new ManualResetEventSlim();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder
            .WithReconnect(AtOnce)
            .UseLayer(wire.Layer)
            .Handle((Ping ping) => new Pong(ping.Number, "client")));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ISubscription blocking = pair.Channel.On<Happened>(_ =>
        {
            started.TrySetResult();
            block.Wait(Soon);
        });
        ISmpiPeer peer = await pair.PeerAsync();
        await peer.PublishAsync(new Happened(1));
        await started.Task.WaitAsync(Soon);
        wire.Cut();
        Assert.Equal(2, (await (await PeerAsync(pair, 2)).RequestAsync(new Ping(2)).AsTask().WaitAsync(Soon)).Number);
        block.Set();
    }

    [Fact]
    public async Task A_handler_that_hangs_over_many_connections_keeps_a_bounded_number_of_events()
    {
        const int Cuts = 40;
        var block = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new ConcurrentQueue<int>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder
            .WithReconnect(AtOnce)
            .UseLayer(wire.Layer)
            .Handle((Ping ping) => new Pong(ping.Number, "client")));
        using ISubscription hanging = pair.Channel.On<Happened>(async (happened, _) =>
        {
            heard.Enqueue(happened.Number);
            await block.Task;
        });
        await pair.PeerAsync();
        for (int cut = 0; cut < Cuts; cut++)
        {
            ISmpiPeer peer = await PeerAsync(pair, cut + 1);
            for (int number = 0; number < 10; number++) await peer.PublishAsync(new Happened((cut * 10) + number));
            await peer.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon);
            wire.Cut();
        }

        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == Cuts + 1);
        block.SetResult();
        await Eventually.IsTrueAsync(() => heard.Count + hanging.Dropped == Cuts * 10);
        Assert.InRange(heard.Count, 100, 200);
        Assert.Equal(heard.Order(), heard);
    }

    [Fact]
    public async Task A_channel_that_gives_up_hands_over_what_came_and_then_ends_its_subscriptions_with_the_reason()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        IAsyncEnumerable<Happened> events = pair.Channel.Events<Happened>();
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < 100; number++) await peer.PublishAsync(new Happened(number));
        await pair.Server.DrainAsync();
        var heard = new List<int>();
        ChannelClosedException end = await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            await foreach (Happened happened in events) heard.Add(happened.Number);
        });
        Assert.Equal("The server is shutting down.", end.Reason.Text);
        Assert.Equal(Enumerable.Range(0, 100), heard);
    }

    [Fact]
    public async Task Events_that_came_before_a_send_failed_are_read_and_handled()
    {
        const int Count = 20;
        var clock = new FakeClock();
        var told = new ConcurrentQueue<int>();
        var wire = new WireControl();
        int broken = 0;
        await using Pair pair = await Pair.OpenAsync(
            builder => builder
                .WithClock(clock)
                .UseLayer(wire.Layer)
                .UseLayer(inner => new BrokenConnection(inner, () => Volatile.Read(ref broken) != 0))
                .HandleEvent((Happened happened, CancellationToken _) =>
                {
                    told.Enqueue(happened.Number);
                    return default;
                })
                .OnPeerGone(_ => told.Enqueue(-1)),
            client => client.WithReconnect(new ReconnectOptions { Enabled = false }));
        ISmpiPeer peer = await pair.PeerAsync();
        wire.Stall(WireDirection.Incoming);
        for (int number = 0; number < Count; number++) await pair.Channel.PublishAsync(new Happened(number));
        Volatile.Write(ref broken, 1);
        await Record.ExceptionAsync(() => peer.PublishAsync(new Happened(-2)).AsTask().WaitAsync(Soon));
        await Eventually.ThrowsAsync<ChannelClosedException>(() => peer.PublishAsync(new Happened(-2)).AsTask().WaitAsync(Soon));
        wire.Resume();
        await Eventually.IsTrueAsync(() => told.Count == Count);
        await Eventually.IsTrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return told.Count > Count;
        });
        Assert.Equal([.. Enumerable.Range(0, Count), -1], told);
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_a_peer_that_takes_nothing()
    {
        var clock = new FakeClock();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.UseLayer(wire.Layer).Handle("octets", (RawBody body, CallContext _, CancellationToken _) => new ValueTask<RawBody>(body)),
            client => client.WithClock(clock).WithLimits(limits => limits with { HeartbeatInterval = TimeSpan.Zero }));
        await pair.PeerAsync();
        wire.Stall(WireDirection.Incoming);
        var body = new RawBody(new byte[1 << 20]);
        Task[] calls = [.. Enumerable.Range(0, 16).Select(_ => pair.Channel.RequestAsync<RawBody, RawBody>("octets", body).AsTask())];
        await Eventually.IsTrueAsync(() => pair.Channel.Status.PendingCalls >= 1);
        Task disposal = pair.Channel.DisposeAsync().AsTask();
        await Eventually.IsTrueAsync(() =>
        {
            if (!disposal.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(50));
            return disposal.IsCompleted;
        });
        await disposal.WaitAsync(Soon);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        foreach (Task call in calls) await Assert.ThrowsAsync<ChannelClosedException>(() => call.WaitAsync(Soon));
        wire.Resume();
    }

    /// <summary>Every hole in what a client hears is announced where it is, and nothing comes out of order.</summary>
    [Fact]
    public async Task Over_many_cuts_events_come_in_order_and_every_hole_has_its_gap()
    {
        const int Cuts = 100;
        var seen = new ConcurrentQueue<int>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(AtOnce).UseLayer(wire.Layer));
        using ISubscription subscription = pair.Channel.On<Happened>(
            async (happened, _) =>
            {
                if (happened.Number % 16 == 0) await Task.Yield();
                seen.Enqueue(happened.Number);
            },
            new SubscriptionOptions { OnGap = _ => seen.Enqueue(-1) });
        await pair.PeerAsync();
        using var stop = new CancellationTokenSource();
        int last = -1;
        Task publishing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await pair.Server.Peers.PublishAsync(new Happened(++last));
                if (last % 50 == 0) await Task.Yield();
            }
        });
        for (int cut = 0; cut < Cuts; cut++)
        {
            int before = seen.Count;
            await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == cut + 1 && seen.Count > before + 20);
            wire.Cut();
        }

        await PeerAsync(pair, Cuts + 1);
        await stop.CancelAsync();
        await publishing.WaitAsync(Soon);
        await pair.Server.Peers.PublishAsync(new Happened(++last));
        await Eventually.IsTrueAsync(() => seen.Contains(last));
        int next = -1;
        int gaps = 0;
        bool told = true;
        foreach (int number in seen)
        {
            if (number == -1)
            {
                gaps++;
                told = true;
                continue;
            }

            Assert.True(number >= next, $"{number} came after {next - 1}.");
            Assert.True(told || number == next, $"Nothing was told of the hole between {next - 1} and {number}.");
            next = number + 1;
            told = false;
        }

        Assert.InRange(gaps, Cuts, int.MaxValue);
    }

    /// <summary>What a server hears of each connection is a piece of what was sent without holes, and the end of the peer comes last.</summary>
    [Fact]
    public async Task Over_many_cuts_a_server_handles_what_came_in_order_and_then_says_that_the_peer_is_gone()
    {
        const int Cuts = 50;
        var seen = new ConcurrentDictionary<long, ConcurrentQueue<int>>();
        var read = new ConcurrentDictionary<long, int>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder
                .OnPeer(peer => peer.On<Happened>(async (happened, _) =>
                {
                    if (happened.Number % 8 == 0) await Task.Yield();
                    seen.GetOrAdd(peer.Id, _ => []).Enqueue(happened.Number);
                }))
                .OnPeerGone(peer => seen.GetOrAdd(peer.Id, _ => []).Enqueue(-1))
                .Handle("read", (int number, CallContext context, CancellationToken _) =>
                {
                    read[context.Peer!.Id] = number;
                    return new ValueTask<int>(number);
                }),
            client => client.WithReconnect(AtOnce).UseLayer(wire.Layer));
        int sent = 0;
        for (int cut = 0; cut < Cuts; cut++)
        {
            await pair.Channel.ConnectAsync();
            for (int number = 0; number < 200; number++) await pair.Channel.PublishAsync(new Happened(sent++));
            Task<int> asked = pair.Channel.RequestAsync<int, int>("read", sent - 1).AsTask();
            for (int number = 0; number < 20 || !asked.IsCompleted; number++) await pair.Channel.PublishAsync(new Happened(sent++));
            await asked.WaitAsync(Soon);
            wire.Cut();
            await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == cut + 2);
        }

        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => seen.Count(one => one.Value.Contains(-1)) >= Cuts);
        foreach ((long id, ConcurrentQueue<int> numbers) in seen.Where(one => one.Value.Count > 1))
        {
            int[] events = [.. numbers.SkipLast(1)];
            Assert.Equal(-1, numbers.Last());
            Assert.Equal(Enumerable.Range(events[0], events.Length), events);
            Assert.True(events[^1] >= read.GetValueOrDefault(id), $"{read[id]} was read and not handled.");
        }
    }

    /// <summary>A server hears what a client sends by many connections in the order in which it was sent.</summary>
    [Fact]
    public async Task Over_many_cuts_a_server_hears_a_client_in_order()
    {
        const int Cuts = 60;
        var seen = new ConcurrentQueue<int>();
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.HandleEvent(async (Happened happened, CancellationToken _) =>
            {
                if (happened.Number % 8 == 0) await Task.Yield();
                seen.Enqueue(happened.Number);
            }),
            client => client.WithReconnect(AtOnce).UseLayer(wire.Layer));
        using var stop = new CancellationTokenSource();
        int sent = 0;
        await pair.Channel.ConnectAsync();
        Task publishing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await pair.Channel.PublishAsync(new Happened(sent++));
                }
                catch (ChannelClosedException)
                {
                    await Task.Yield();
                }
            }
        });
        for (int cut = 0; cut < Cuts; cut++)
        {
            int before = seen.Count;
            await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == cut + 1 && seen.Count > before + 50);
            wire.Cut();
        }

        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == Cuts + 1);
        await stop.CancelAsync();
        await publishing.WaitAsync(Soon);
        await pair.Channel.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 0);
        Assert.Equal(seen.Order(), seen);
    }

    // Every connection makes one peer, and ids count up; the one before may not be gone yet.
    private static async Task<ISmpiPeer> PeerAsync(Pair pair, int generation)
    {
        await Eventually.IsTrueAsync(() => pair.Channel.Status is { State: ChannelState.Connected } status && status.Generation == generation && pair.Server.Peers.Any(peer => peer.Id == generation));
        return pair.Server.Peers.Single(peer => peer.Id == generation);
    }
}
