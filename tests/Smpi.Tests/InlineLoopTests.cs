namespace Smpi.Tests;

/// <summary>Both sides on the inline loop, where user code runs on the thread that reads: blocking it may hold up nothing.</summary>
public sealed class InlineLoopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_handler_may_block_on_a_call_back()
    {
        await using Pair pair = await OpenAsync();
        Pong pong = await pair.Channel.RequestAsync(new Hang(7)).AsTask().WaitAsync(Soon);
        Assert.Equal((7, "back"), (pong.Number, pong.Text));
    }

    [Fact]
    public async Task Handlers_that_all_block_on_calls_back_end_each_with_its_own_answer()
    {
        await using Pair pair = await OpenAsync();
        Task<Pong>[] calls = [.. Enumerable.Range(0, 32).Select(id => pair.Channel.RequestAsync(new Hang(id)).AsTask())];
        Pong[] pongs = await Task.WhenAll(calls).WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 32), pongs.Select(pong => pong.Number));
    }

    [Fact]
    public async Task A_continuation_may_block_on_a_further_call()
    {
        await using Pair pair = await OpenAsync();
        await pair.Channel.ConnectAsync();
        Assert.Equal(6, await Task.Run(() => CallThenBlockAsync(pair.Channel)).WaitAsync(Soon));

        static async Task<int> CallThenBlockAsync(ISmpiChannel channel)
        {
            int first = (await channel.RequestAsync(new Ping(1)).ConfigureAwait(false)).Number;
            int second = channel.RequestAsync(new Ping(2)).AsTask().GetAwaiter().GetResult().Number;
            int third = Blocked(channel.RequestAsync(new Ping(3)).AsTask()).Number;
            return first + second + third;
        }
    }

    [Fact]
    public async Task Continuations_that_block_in_one_another_all_end()
    {
        await using Pair pair = await OpenAsync();
        await pair.Channel.ConnectAsync();
        Assert.Equal(5, await Task.Run(() => NestedAsync(pair.Channel, 5)).WaitAsync(Soon));

        static async Task<int> NestedAsync(ISmpiChannel channel, int depth)
        {
            await channel.RequestAsync(new Ping(depth)).ConfigureAwait(false);
            return depth == 1 ? 1 : Blocked(NestedAsync(channel, depth - 1)) + 1;
        }
    }

    [Fact]
    public async Task A_continuation_may_block_on_the_end_of_a_call_of_another_channel()
    {
        await using Pair first = await OpenAsync();
        // Signs of life would bring the reader along, and hide a lane that is stuck.
        var silent = new SmpiLimits { HeartbeatInterval = TimeSpan.Zero };
        var never = new TaskCompletionSource<Pong>();
        await using Pair second = await Pair.OpenAsync(
            server => server.WithLimits(silent).Handle<SmpiBuilder, Hang, Pong>(_ => new ValueTask<Pong>(never.Task)),
            client => client.RunOn(EventLoop.Inline).WithLimits(silent));
        await first.Channel.ConnectAsync();
        await second.Channel.ConnectAsync();
        using var canceled = new CancellationTokenSource();
        Task<Pong> hangs = second.Channel.RequestAsync(new Hang(1), canceled.Token).AsTask();
        Assert.True(await Task.Run(CancelThenBlockAsync).WaitAsync(Soon));
        never.SetCanceled();

        // What the cancellation posts waits on this thread, which is in the other channel's lane.
        async Task<bool> CancelThenBlockAsync()
        {
            await first.Channel.RequestAsync(new Ping(1)).ConfigureAwait(false);
            canceled.Cancel();
            return Task.WaitAny([hangs], Soon) == 0 && hangs.IsCanceled;
        }
    }

    [Fact]
    public async Task A_subscriber_may_block_on_a_call_and_loses_no_event()
    {
        await using Pair pair = await OpenAsync();
        var all = new TaskCompletionSource<int[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new List<int>();
        using ISubscription subscription = pair.Channel.On<Happened>(happened =>
        {
            seen.Add(Blocked(pair.Channel.RequestAsync(new Ping(happened.Number)).AsTask()).Number);
            if (seen.Count == 10) all.SetResult([.. seen]);
        });
        ISmpiPeer peer = await pair.PeerAsync();
        for (int number = 0; number < 10; number++) await peer.PublishAsync(new Happened(number));
        Assert.Equal(Enumerable.Range(0, 10), await all.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_handler_that_blocks_hears_that_its_caller_has_gone()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(server => server.RunOn(EventLoop.Inline).Handle<SmpiBuilder, Hang, Pong>((hang, ct) =>
        {
            entered.SetResult();
            if (ct.WaitHandle.WaitOne(Soon)) left.SetResult();
            return new ValueTask<Pong>(new Pong(hang.Id, "late"));
        }));
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1)).AsTask();
        await entered.Task.WaitAsync(Soon);
        await pair.Channel.DisposeAsync();
        await Assert.ThrowsAsync<ChannelClosedException>(() => call);
        await left.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_blocked_handler_that_goes_on_leaves_one_reader()
    {
        var open = new SemaphoreSlim(0);
        var entered = new SemaphoreSlim(0);
        await using Pair pair = await Pair.OpenAsync(
            server => server.RunOn(EventLoop.Inline).Handle((Hang hang) =>
            {
                entered.Release();
                return open.Wait(Soon) ? new Pong(hang.Id, "open") : throw new TimeoutException();
            }),
            client => client.RunOn(EventLoop.Inline));
        for (int round = 0; round < 20; round++)
        {
            Task<Pong> hangs = pair.Channel.RequestAsync(new Hang(round)).AsTask();
            Assert.True(await entered.WaitAsync(Soon));

            // Answered beside the handler that blocks, so another thread reads by now.
            Assert.Equal(round, (await pair.Channel.RequestAsync(new Ping(round)).AsTask().WaitAsync(Soon)).Number);
            open.Release();
            Task<Pong>[] more = [.. Enumerable.Range(0, 50).Select(number => pair.Channel.RequestAsync(new Ping(number)).AsTask())];
            Assert.Equal(round, (await hangs.WaitAsync(Soon)).Number);
            Assert.Equal(Enumerable.Range(0, 50), (await Task.WhenAll(more).WaitAsync(Soon)).Select(pong => pong.Number));
        }
    }

    private static T Blocked<T>(Task<T> task) => task.Wait(Soon) ? task.Result : throw new TimeoutException("The call did not end.");

    private static Task<Pair> OpenAsync() => Pair.OpenAsync(
        server => server.RunOn(EventLoop.Inline).Handle((Hang hang, CallContext context, CancellationToken ct) =>
            new ValueTask<Pong>(Blocked(context.Caller.RequestAsync(new Ping(hang.Id), ct).AsTask()))),
        client => client.RunOn(EventLoop.Inline).Handle((Ping ping) => new Pong(ping.Number, "back")));
}
