namespace Smpi.Conformance;

/// <summary>Events, their order and their slow subscribers.</summary>
public abstract class ChannelEventConformance : ChannelStreamConformance
{
    [Fact]
    public async Task Events_travel_in_both_directions_in_order()
    {
        if (await RefusedAsync()) return;
        List<int> there = [], back = [];
        await using ChannelPair pair = await OpenAsync(builder => builder.HandleEvent((Happened happened, CancellationToken _) => AddAsync(there, happened)));
        ISmpiPeer peer = await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(happened => AddAsync(back, happened).AsTask().GetAwaiter().GetResult());
        await Task.WhenAll(PublishAsync(peer, 500), PublishAsync(pair.Channel, 500)).Soon();
        await Patience.UntilAsync(() => Count(there) == 500 && Count(back) == 500);
        Assert.Equal(Enumerable.Range(0, 500), there);
        Assert.Equal(Enumerable.Range(0, 500), back);
    }

    [Fact]
    public async Task Requests_and_events_of_one_peer_start_in_one_order()
    {
        if (await RefusedAsync()) return;
        List<string> started = [];
        await using ChannelPair pair = await OpenAsync(builder => builder
            .HandleEvent((Happened happened, CancellationToken _) =>
            {
                lock (started) started.Add($"event {happened.Number}");
                return default;
            })
            .Handle((Gated request) =>
            {
                lock (started) started.Add($"request {request.Id}");
                return new Pong(request.Id, "");
            }));
        await pair.PeerAsync();
        List<Task> calls = [];
        for (int number = 0; number < 200; number++)
        {
            await pair.Channel.PublishAsync(new Happened(number, "")).Soon();
            calls.Add(pair.Channel.RequestAsync(new Gated(number)).AsTask());
        }

        await Task.WhenAll(calls).Soon();
        Assert.Equal(Enumerable.Range(0, 200).SelectMany(number => new[] { $"event {number}", $"request {number}" }), started);
    }

    [Fact]
    public async Task Async_handlers_of_one_subscription_run_one_at_a_time()
    {
        if (await RefusedAsync()) return;
        int running = 0, most = 0, seen = 0;
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref seen);
        });
        await PublishAsync(peer, 200).Soon();
        await Patience.UntilAsync(() => Volatile.Read(ref seen) == 200);
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData(WhenFull.KeepLatest)]
    [InlineData(WhenFull.DropOldest)]
    public async Task A_slow_subscriber_loses_events_counted_and_announced(WhenFull policy)
    {
        if (await RefusedAsync()) return;
        var gate = new Gate();
        List<int> seen = [];
        long gaps = 0;
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        var options = new SubscriptionOptions { WhenFull = policy, Capacity = 8, OnGap = gap => Interlocked.Add(ref gaps, gap.Lost ?? 0) };
        using ISubscription subscription = pair.Channel.On<Happened>((happened, ct) => SlowAsync(gate, seen, happened, ct), options);
        await PublishAsync(peer, 1).Soon();
        await gate.Started;
        await PublishAsync(peer, 100, first: 1).Soon();
        await FenceAsync(peer, pair);
        gate.Open();
        await Patience.UntilAsync(() => Last(seen) == 100);
        await Patience.UntilAsync(() => Count(seen) + subscription.Dropped == 101);
        await Patience.UntilAsync(() => Interlocked.Read(ref gaps) == subscription.Dropped);
        Assert.True(subscription.Dropped > 0);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task A_slow_subscriber_that_must_not_lose_events_fails_typed()
    {
        if (await RefusedAsync()) return;
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(
            (happened, ct) => SlowAsync(gate, [], happened, ct), new SubscriptionOptions { WhenFull = WhenFull.Fail, Capacity = 8 });
        await PublishAsync(peer, 100).Soon();
        await Assert.ThrowsAnyAsync<SmpiException>(() => subscription.Completion.Soon());
        gate.Open();
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task A_slow_subscriber_that_waits_holds_back_the_publisher_and_nothing_else()
    {
        if (await RefusedAsync() || !Traits.Credit)
        {
            Assert.False(Traits is { Credit: true, Events: true });
            return;
        }

        const int Events = 2000;
        var gate = new Gate();
        List<int> seen = [];
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(
            (happened, ct) => SlowAsync(gate, seen, happened, ct), new SubscriptionOptions { WhenFull = WhenFull.Wait, Capacity = 8 });
        long published = 0;
        Task publishing = Task.Run(async () =>
        {
            string text = new('x', 2000);
            for (int number = 0; number < Events; number++)
            {
                await peer.PublishAsync(new Happened(number, text));
                Interlocked.Increment(ref published);
            }
        });
        Assert.True(await Patience.RestAsync(() => Interlocked.Read(ref published)) < Events, "Every event was published although the subscriber waits.");
        await AssertWorksAsync(pair);
        gate.Open();
        await publishing.Soon();
        await Patience.UntilAsync(() => Count(seen) == Events);
        Assert.Equal(Enumerable.Range(0, Events), seen);
        Assert.Equal(0, subscription.Dropped);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_no_subscription()
    {
        if (await RefusedAsync()) return;
        int seen = 0;
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(happened =>
        {
            seen++;
            if (happened.Number % 2 == 0) throw new InvalidOperationException("An even number.");
        });
        await PublishAsync(peer, 10).Soon();
        await Patience.UntilAsync(() => Volatile.Read(ref seen) == 10 && subscription.Failed == 5);
        Assert.False(subscription.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_disposed_subscription_takes_no_further_event()
    {
        if (await RefusedAsync()) return;
        List<int> seen = [];
        await using ChannelPair pair = await OpenAsync();
        ISmpiPeer peer = await pair.PeerAsync();
        ISubscription subscription = pair.Channel.On<Happened>(happened => { lock (seen) seen.Add(happened.Number); });
        await PublishAsync(peer, 1).Soon();
        await Patience.UntilAsync(() => Count(seen) == 1);
        subscription.Dispose();
        subscription.Dispose();
        await PublishAsync(peer, 1, first: 1).Soon();
        await FenceAsync(peer, pair);
        Assert.Equal([0], seen);
    }

    private async Task<bool> RefusedAsync()
    {
        if (Traits.Events) return false;
        await Refusal.IsTypedAsync(Setup, null, channel => channel.PublishAsync(new Happened(1, "")).AsTask());
        return true;
    }

    /// <summary>Returns when everything published before has reached the subscriptions: messages of one connection keep their order.</summary>
    private static async Task FenceAsync(ISmpiPeer peer, ChannelPair pair)
    {
        await Assert.ThrowsAsync<UnknownSubjectException>(() => peer.RequestAsync(new Nobody(1)).Soon());
        await AssertWorksAsync(pair);
    }

    private static async ValueTask SlowAsync(Gate gate, List<int> seen, Happened happened, CancellationToken ct)
    {
        await gate.PassAsync(ct);
        await AddAsync(seen, happened);
    }

    private static ValueTask AddAsync(List<int> numbers, Happened happened)
    {
        lock (numbers) numbers.Add(happened.Number);
        return default;
    }

    private static int Count(List<int> numbers)
    {
        lock (numbers) return numbers.Count;
    }

    private static int Last(List<int> numbers)
    {
        lock (numbers) return numbers.Count == 0 ? -1 : numbers[^1];
    }

    private static async Task PublishAsync(IEventBus bus, int count, int first = 0)
    {
        for (int number = first; number < first + count; number++) await bus.PublishAsync(new Happened(number, "event"));
    }
}
