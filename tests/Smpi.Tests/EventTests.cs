using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class EventTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_can_be_enumerated_from_the_moment_of_subscribing()
    {
        await using Pair pair = await Pair.OpenAsync();
        IAsyncEnumerable<Happened> events = pair.Channel.Events<Happened>();
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < 100; number++) await peer.PublishAsync(new Happened(number));
        int next = 0;
        await foreach (Happened happened in events)
        {
            Assert.Equal(next++, happened.Number);
            if (next == 100) break;
        }

        await peer.PublishAsync(new Happened(100));
        await Eventually.IsTrueAsync(() => pair.Channel.Status.UnhandledEvents == 1);
    }

    [Fact]
    public async Task Events_can_be_observed()
    {
        await using Pair pair = await Pair.OpenAsync();
        var observer = new Observer();
        ISmpiPeer peer = await pair.PeerAsync();
        using (pair.Channel.Observe<Happened>().Subscribe(observer))
        {
            await peer.PublishAsync(new Happened(7));
            await Eventually.IsTrueAsync(() => observer.Numbers.Contains(7));
        }

        await observer.Completed.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_loop_without_budget_left_keeps_the_rest_of_a_batch_for_the_next_frame()
    {
        const int Count = 200;
        var clock = new FakeClock();
        var seen = new List<int>();
        using var loop = new PumpedLoop(clock);
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.RunOn(loop));
        using ISubscription subscription = pair.Channel.On<Happened>(happened =>
        {
            seen.Add(happened.Number);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        });
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < Count; number++) await peer.PublishAsync(new Happened(number));
        int most = 0;
        await Eventually.IsTrueAsync(() =>
        {
            int before = seen.Count;
            loop.RunPending(TimeSpan.FromMilliseconds(3));
            most = Math.Max(most, seen.Count - before);
            return seen.Count == Count;
        });
        Assert.Equal(Enumerable.Range(0, Count), seen);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Handlers_of_one_subscription_run_one_at_a_time()
    {
        int running = 0;
        int most = 0;
        int count = 0;
        await using Pair pair = await Pair.OpenAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref count);
        });
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < 500; number++) await peer.PublishAsync(new Happened(number));
        await Eventually.IsTrueAsync(() => Volatile.Read(ref count) == 500);
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData(WhenFull.KeepLatest, 2)]
    [InlineData(WhenFull.DropOldest, 11)]
    public async Task A_slow_subscriber_loses_events_as_its_policy_says_and_is_told_how_many(WhenFull policy, int kept)
    {
        var block = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new ConcurrentQueue<int>();
        var gaps = new ConcurrentQueue<EventGap>();
        await using Pair pair = await Pair.OpenAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(
            async (happened, _) =>
            {
                heard.Enqueue(happened.Number);
                await block.Task;
            },
            new SubscriptionOptions { WhenFull = policy, Capacity = 10, OnGap = gaps.Enqueue });
        ISmpiPeer peer = await pair.PeerAsync();
        await peer.PublishAsync(new Happened(0));
        await Eventually.IsTrueAsync(() => heard.Count == 1);
        for (int number = 1; number < 1000; number++) await peer.PublishAsync(new Happened(number));
        await Eventually.IsTrueAsync(() => subscription.Dropped == 1000 - kept);
        block.SetResult();
        await Eventually.IsTrueAsync(() => heard.Count == kept);
        Assert.Equal(999, heard.Last());
        Assert.Equal(1000 - kept, gaps.Sum(gap => gap.Lost));
    }

    [Fact]
    public async Task A_subscription_that_may_fail_ends_with_an_error_when_it_is_full()
    {
        var block = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(async (_, _) => await block.Task, new SubscriptionOptions { WhenFull = WhenFull.Fail, Capacity = 5 });
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < 20; number++) await peer.PublishAsync(new Happened(number));
        FaultException error = await Assert.ThrowsAsync<FaultException>(() => subscription.Completion.WaitAsync(Soon));
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        block.SetResult();
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
    }

    [Fact]
    public async Task A_waiting_subscriber_holds_its_publisher_back_and_nothing_else()
    {
        var block = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int heard = 0;
        await using Pair pair = await Pair.OpenAsync();
        using ISubscription subscription = pair.Channel.On<Happened>(async (_, _) =>
        {
            Interlocked.Increment(ref heard);
            await block.Task;
        });
        ISmpiPeer peer = await pair.PeerAsync();
        int sent = 0;
        Task publishing = Task.Run(async () =>
        {
            for (; sent < 20_000; Interlocked.Increment(ref sent)) await peer.PublishAsync(new Happened(sent));
        });
        int last = -1;
        await Eventually.IsTrueAsync(() => Volatile.Read(ref sent) > 100 && Interlocked.Exchange(ref last, sent) == sent);
        Assert.False(publishing.IsCompleted);
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon)).Number);
        block.SetResult();
        await publishing.WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => Volatile.Read(ref heard) == 20_000);
    }

    [Fact]
    public async Task A_handler_that_throws_is_counted_and_told_and_the_next_event_is_handled()
    {
        var told = new ConcurrentQueue<string>();
        var heard = new ConcurrentQueue<int>();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithOptions(options => options.Errors = (subject, error) => told.Enqueue($"{subject}: {error.Message}")));
        using ISubscription subscription = pair.Channel.On<Happened>(happened =>
        {
            heard.Enqueue(happened.Number);
            if (happened.Number == 1) throw new InvalidOperationException("not this one");
        });
        ISmpiPeer peer = await pair.PeerAsync();
        await peer.PublishAsync(new Happened(1));
        await peer.PublishAsync(new Happened(2));
        await Eventually.IsTrueAsync(() => heard.Count == 2);
        Assert.Equal(1, subscription.Failed);
        Assert.Equal(["happened: not this one"], told);
    }

    private sealed class Observer : IObserver<Happened>
    {
        public ConcurrentQueue<int> Numbers { get; } = new();

        public TaskCompletionSource Completed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnCompleted() => Completed.TrySetResult();

        public void OnError(Exception error) => Completed.TrySetException(error);

        public void OnNext(Happened value) => Numbers.Enqueue(value.Number);
    }
}
