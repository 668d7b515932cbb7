namespace Smpi.Tests;

/// <summary>Where the caller of a channel goes on after an await.</summary>
public sealed class AwaitTests
{
    private const int Callers = 64;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task An_await_on_a_dedicated_thread_comes_back_to_it_with_its_context()
    {
        await using var loop = new DedicatedThreadLoop();
        await using Pair pair = await OpenAsync(client => client.RunOn(loop));
        var work = new LoopWork<bool>(() => ComesBackAsync(pair.Channel, () => loop.IsCurrent));
        loop.Post(work);
        Task<bool> here = await work.Started.WaitAsync(Soon);
        _gate.SetResult();
        Assert.True(await here.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_await_on_a_pumped_loop_comes_back_to_its_pump_with_its_context()
    {
        using var loop = new PumpedLoop();
        await using Pair pair = await OpenAsync(client => client.RunOn(loop));
        Assert.True(await Task.Run(() =>
        {
            int pump = Environment.CurrentManagedThreadId;
            var work = new LoopWork<bool>(() => ComesBackAsync(pair.Channel, () => Environment.CurrentManagedThreadId == pump));
            loop.Post(work);
            Pump(loop, () => work.Started.IsCompleted);
            _gate.SetResult();
            Task<bool> here = work.Started.Result;
            Pump(loop, () => here.IsCompleted);
            return here;
        }));
    }

    [Fact]
    public async Task An_await_on_another_context_than_the_channels_comes_back_to_it()
    {
        using var window = new UiThread();
        await using Pair pair = await OpenAsync();
        Task<bool> here = await StartAsync(window, () => ComesBackAsync(pair.Channel, () => window.IsHere));
        _gate.SetResult();
        Assert.True(await here.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_await_on_the_context_that_the_channel_runs_on_comes_back_to_it()
    {
        using var window = new UiThread();
        await using Pair pair = await OpenAsync(client => client.RunOn(EventLoop.From(window)));
        Task<bool> here = await StartAsync(window, () => ComesBackAsync(pair.Channel, () => window.IsHere));
        _gate.SetResult();
        Assert.True(await here.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_await_that_asks_for_no_context_stays_where_the_channel_runs()
    {
        using var window = new UiThread();
        await using Pair pair = await OpenAsync();
        Task<bool> here = await StartAsync(window, async () =>
        {
            await pair.Channel.RequestAsync(new Hang(1)).ConfigureAwait(false);
            return window.IsHere;
        });
        _gate.SetResult();
        Assert.False(await here.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_await_whose_context_has_ended_still_comes_to_its_end()
    {
        using var window = new UiThread();
        await using Pair pair = await OpenAsync();
        Task<bool> here = await StartAsync(window, () => ComesBackAsync(pair.Channel, () => window.IsHere));
        window.Dispose();
        _gate.SetResult();
        Assert.False(await here.WaitAsync(Soon));
        Assert.Equal(2, (await pair.Channel.RequestAsync(new Ping(2)).AsTask().WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task The_items_of_a_stream_come_to_the_loop_that_reads_them()
    {
        using var window = new UiThread();
        await using var loop = new DedicatedThreadLoop();
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(loop));
        var work = new LoopWork<int>(() => StrayItemsAsync(pair.Channel, () => loop.IsCurrent));
        loop.Post(work);
        Assert.Equal(0, await (await work.Started.WaitAsync(Soon)).WaitAsync(Soon));
        Task<int> strayed = await StartAsync(window, () => StrayItemsAsync(pair.Channel, () => window.IsHere));
        Assert.Equal(0, await strayed.WaitAsync(Soon));
    }

    [Fact]
    public async Task Calls_of_callers_that_a_batch_of_answers_wakes_go_out_together()
    {
        CountingConnection? connection = null;
        using var loop = new PumpedLoop();
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(loop).UseLayer(inner => connection = new CountingConnection(inner)));
        await pair.Channel.ConnectAsync();
        int sends = await Task.Run(() =>
        {
            var work = new LoopWork<int[]>(() => Task.WhenAll(Enumerable.Range(0, Callers).Select(number => TwoCallsAsync(pair.Channel, number))));
            loop.Post(work);
            Pump(loop, () => work.Started.IsCompleted);

            // All first answers are there, and their callers were not told yet.
            Assert.True(SpinWait.SpinUntil(() => pair.Channel.Status.PendingCalls == 0 && loop.Pending > 0, Soon));
            int before = connection!.Sends;
            Task<int[]> ended = work.Started.Result;
            Pump(loop, () => ended.IsCompleted);
            Assert.Equal(Enumerable.Range(0, Callers).Select(number => number * 2), ended.Result);
            return connection.Sends - before;
        });
        Assert.InRange(sends, 1, Callers / 4);
    }

    private static async Task<int> TwoCallsAsync(ISmpiChannel channel, int number)
    {
        Pong first = await channel.RequestAsync(new Ping(number));
        return first.Number + (await channel.RequestAsync(new Ping(number))).Number;
    }

    private static async Task<int> StrayItemsAsync(ISmpiChannel channel, Func<bool> isHere)
    {
        int strayed = 0;
        await foreach (Pong _ in channel.StreamAsync(new Count(5_000, 100)))
        {
            if (!isHere()) strayed++;
        }

        return strayed;
    }

    private static async Task<bool> ComesBackAsync(ISmpiChannel channel, Func<bool> isHere)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        await channel.RequestAsync(new Hang(1));
        return isHere() && context is not null && SynchronizationContext.Current == context;
    }

    private static async Task<Task<T>> StartAsync<T>(UiThread window, Func<Task<T>> function)
    {
        var work = new LoopWork<T>(function);
        window.Post(static state => ((LoopWork<T>)state!).Execute(), work);
        return await work.Started.WaitAsync(Soon);
    }

    private static void Pump(PumpedLoop loop, Func<bool> ended)
    {
        long deadline = Environment.TickCount64 + (long)Soon.TotalMilliseconds;
        while (!ended() && Environment.TickCount64 < deadline)
        {
            if (loop.WaitForWork(TimeSpan.FromMilliseconds(10))) loop.RunPending();
        }

        Assert.True(ended());
    }

    private async Task<Pair> OpenAsync(Action<SmpiBuilder>? client = null)
    {
        Pair pair = await Pair.OpenAsync(
            server => server.Handle(async (Hang hang) =>
            {
                await _gate.Task;
                return new Pong(hang.Id, "late");
            }),
            client);
        await pair.Channel.ConnectAsync();
        return pair;
    }
}
