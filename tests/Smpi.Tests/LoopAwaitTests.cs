namespace Smpi.Tests;

/// <summary>What a caller awaits continues on the channel's loop, however long the way was.</summary>
/// <remarks>No await here captures a context, so that each of them shows where the channel completes it.</remarks>
public sealed class LoopAwaitTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string> Loops => ["pumped", "thread", "context", "scheduler"];

    [Theory]
    [MemberData(nameof(Loops))]
    public Task The_request_that_connects_and_those_after_it_continue_on_the_loop(string kind) => RunAsync(
        kind,
        null,
        null,
        async (channel, here) =>
        {
            await HearAsync(channel.RequestAsync(new Ping(1)), here);
            await HearAsync(channel.RequestAsync(new Ping(2)), here);
        });

    [Theory]
    [MemberData(nameof(Loops))]
    public Task All_items_of_a_stream_and_its_end_continue_on_the_loop(string kind) => RunAsync(kind, null, null, async (channel, here) =>
    {
        Assert.Equal(1_000, await ReadAsync(channel.StreamAsync(new Count(1_000, 100)), here));
        Assert.Equal(3, await ReadAsync(channel.StreamAsync(new Doubled(), new[] { 1, 2, 3 }.ToAsyncEnumerable()), here));
    });

    [Theory]
    [MemberData(nameof(Loops))]
    public Task A_call_with_items_of_the_caller_continues_on_the_loop(string kind) => RunAsync(kind, null, null, async (channel, here) =>
    {
        Pong sum = await HearAsync(channel.RequestAsync(new Sum(), new[] { 1, 2, 3 }.ToAsyncEnumerable()), here);
        Assert.Equal(6, sum.Number);
    });

    [Theory]
    [MemberData(nameof(Loops))]
    public Task The_event_that_connects_continues_on_the_loop(string kind) => RunAsync(kind, null, null, async (channel, here) =>
    {
        await HearAsync(channel.PublishAsync(new Happened(1)), here);
    });

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task An_explicit_connect_continues_on_a_loop_that_runs(string kind)
    {
        await using LoopHost host = LoopHost.Start(kind);
        var work = new LoopWork<bool>(() => Task.FromResult(true));
        host.Loop.Post(work);
        await work.Started.WaitAsync(Soon);
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(host.Loop));
        var strays = new List<string>();
        await Task.Run(() => HearAsync(pair.Channel.ConnectAsync(), what => Note(host, strays, what))).WaitAsync(Soon);
        Assert.Empty(strays);
    }

    [Fact]
    public async Task A_program_may_connect_first_and_pump_its_loop_afterwards()
    {
        using var loop = new PumpedLoop();
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(loop));
        await pair.Channel.ConnectAsync().AsTask().WaitAsync(Soon);
        Assert.Equal(ChannelState.Connected, pair.Channel.Status.State);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public Task Calls_and_streams_inside_middleware_continue_on_the_loop(string kind) => RunAsync(
        kind,
        null,
        client => client.UseOutgoing(async (_, next) =>
        {
            await next().ConfigureAwait(false);
            await Task.Yield();
        }),
        async (channel, here) =>
        {
            await HearAsync(channel.RequestAsync(new Ping(1)), here);
            Assert.Equal(100, await ReadAsync(channel.StreamAsync(new Count(100)), here));
            Assert.Equal(1, await ReadAsync(channel.StreamAsync(new Count(100)), here, most: 1));
        });

    [Theory]
    [MemberData(nameof(Loops))]
    public Task Failures_continue_on_the_loop(string kind) => RunAsync(kind, server => HangUntilGate(server), null, async (channel, here) =>
    {
        var brief = new CallOptions { Deadline = TimeSpan.FromMilliseconds(50) };
        ValueTask<Empty> breaks = channel.RequestAsync<Break, Empty>("break", new Break(), null, default);
        await ThrowsAsync<RemoteException, Empty>(breaks, here).ConfigureAwait(false);
        await ThrowsAsync<TimeoutException, Pong>(channel.RequestAsync(new Hang(1), brief), here).ConfigureAwait(false);
        using var canceled = new CancellationTokenSource();
        ValueTask<Pong> waits = channel.RequestAsync(new Hang(1), canceled.Token);
        _ = Task.Run(canceled.Cancel, CancellationToken.None);
        await ThrowsAsync<OperationCanceledException, Pong>(waits, here).ConfigureAwait(false);
    });

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Waits_for_a_connection_that_end_in_failures_continue_on_the_loop(string kind)
    {
        await using LoopHost host = LoopHost.Start(kind);
        await using Pair pair = await Pair.OpenAsync();
        int port = new Uri(pair.Server.Address).Port;
        await pair.Server.DisposeAsync();
        await using ISmpiChannel channel = Pair.Create(port, client => client.RunOn(host.Loop));
        var strays = new List<string>();
        await Task.Run(async () =>
        {
            void Here(string what) => Note(host, strays, what);
            var wait = new CallOptions { WaitForConnection = true, Deadline = TimeSpan.FromMilliseconds(50) };
            await ThrowsAsync<ChannelClosedException, Pong>(channel.RequestAsync(new Ping(1)), Here).ConfigureAwait(false);
            await ThrowsAsync<TimeoutException, Pong>(channel.RequestAsync(new Ping(1), wait), Here).ConfigureAwait(false);
            await ThrowsAsync<ChannelClosedException, bool>(NextAsync(channel.StreamAsync(new Count(1))), Here).ConfigureAwait(false);
            using var canceled = new CancellationTokenSource();
            ValueTask<Pong> waits = channel.RequestAsync(new Ping(1), wait with { Deadline = null }, canceled.Token);
            _ = Task.Run(canceled.Cancel, CancellationToken.None);
            await ThrowsAsync<OperationCanceledException, Pong>(waits, Here).ConfigureAwait(false);
        }).WaitAsync(Soon);
        Assert.Empty(strays);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public Task Calls_that_wait_for_a_place_and_calls_that_may_be_repeated_continue_on_the_loop(string kind) => RunAsync(
        kind,
        server => HangUntilGate(server).WithLimits(new SmpiLimits { Calls = 1 }),
        null,
        async (channel, here) =>
        {
            await channel.RequestAsync(new Ping(0));
            Task<Pong> first = HearAsync(channel.RequestAsync(new Hang(1)), here);
            Task<Pong> second = HearAsync(channel.RequestAsync(new Ping(2)), here);
            Task<Pong> third = HearAsync(channel.RequestAsync(new Ping(3), new CallOptions { Idempotent = true }), here);
            _gate.SetResult();
            await Task.WhenAll(first, second, third);
        });

    [Fact]
    public async Task A_call_through_the_context_of_a_handler_continues_on_the_loop()
    {
        await using LoopHost host = LoopHost.Start("thread");
        await using Pair pair = await Pair.OpenAsync(
            server => server.RunOn(host.Loop).Handle((Hang hang, CallContext call, CancellationToken ct) => AskBackAsync(hang, call, ct)),
            client => client.Handle((Ping ping) => new Pong(ping.Number, "back")));
        Assert.Equal("here", (await pair.Channel.RequestAsync(new Hang(1)).AsTask().WaitAsync(Soon)).Text);

        async ValueTask<Pong> AskBackAsync(Hang hang, CallContext context, CancellationToken ct)
        {
            await context.Caller.RequestAsync(new Ping(hang.Id), ct).ConfigureAwait(false);
            return new Pong(hang.Id, host.IsHere ? "here" : "strayed");
        }
    }

    [Fact]
    public async Task The_request_that_connects_comes_back_to_the_context_of_its_caller()
    {
        await using LoopHost host = LoopHost.Start("pumped");
        using var window = new UiThread();
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(host.Loop));
        var work = new LoopWork<bool>(async () =>
        {
            await pair.Channel.RequestAsync(new Ping(1));
            return window.IsHere;
        });
        window.Post(static state => ((LoopWork<bool>)state!).Execute(), work);
        Assert.True(await (await work.Started.WaitAsync(Soon)).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_request_that_connects_on_a_loop_that_has_ended_fails_typed()
    {
        var loop = new DedicatedThreadLoop();
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(loop));
        await loop.DisposeAsync();
        Task<ChannelClosedException> error = Assert.ThrowsAsync<ChannelClosedException>(
            async () => await pair.Channel.RequestAsync(new Ping(1)));
        Assert.Contains("event loop", (await error.WaitAsync(Soon)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_as_a_sequence_continue_on_the_loop()
    {
        await using LoopHost host = LoopHost.Start("thread");
        await using Pair pair = await Pair.OpenAsync(client: client => client.RunOn(host.Loop));
        IAsyncEnumerable<Happened> events = pair.Channel.Events<Happened>();
        ISmpiPeer peer = await pair.PeerAsync();
        var strays = new List<string>();
        Task<int> reads = Task.Run(() => ReadAsync(events, what => Note(host, strays, what), most: 100));
        for (int number = 0; number < 100; number++) await peer.PublishAsync(new Happened(number));
        Assert.Equal(100, await reads.WaitAsync(Soon));
        Assert.Empty(strays);
    }

    private static async Task RunAsync(
        string kind, Action<SmpiBuilder>? server, Action<SmpiBuilder>? client, Func<ISmpiChannel, Action<string>, Task> calls)
    {
        await using LoopHost host = LoopHost.Start(kind);
        await using Pair pair = await Pair.OpenAsync(server, builder =>
        {
            builder.RunOn(host.Loop);
            client?.Invoke(builder);
        });
        var strays = new List<string>();
        int seen = 0;
        await Task.Run(() => calls(pair.Channel, what =>
        {
            Interlocked.Increment(ref seen);
            Note(host, strays, what);
        })).WaitAsync(Soon);
        Assert.True(seen > 0);
        Assert.Empty(strays);
    }

    private static void Note(LoopHost host, List<string> strays, string what)
    {
        if (host.IsHere) return;
        lock (strays) strays.Add(what);
    }

    // What was there already goes on where the caller is. An await outside comes from elsewhere again, so that each call stands for itself.
    private static async Task<T> HearAsync<T>(ValueTask<T> call, Action<string> here)
    {
        bool waits = !call.IsCompleted;
        try
        {
            T result = await call.ConfigureAwait(false);
            if (waits) here($"{result}");
            return result;
        }
        catch (Exception error)
        {
            if (waits) here(error.GetType().Name);
            throw;
        }
    }

    private static async Task<int> ReadAsync<T>(IAsyncEnumerable<T> items, Action<string> here, int most = int.MaxValue)
    {
        int read = 0;
        IAsyncEnumerator<T> enumerator = items.GetAsyncEnumerator();
        while (read < most && await HearAsync(enumerator.MoveNextAsync(), here)) read++;
        await HearAsync(enumerator.DisposeAsync(), here);
        return read;
    }

    private static async Task HearAsync(ValueTask call, Action<string> here)
    {
        bool waits = !call.IsCompleted;
        await call.ConfigureAwait(false);
        if (waits) here("done");
    }

    private static Task<TError> ThrowsAsync<TError, T>(ValueTask<T> call, Action<string> here)
        where TError : Exception => Assert.ThrowsAnyAsync<TError>(() => HearAsync(call, here));

    private static ValueTask<bool> NextAsync(IAsyncEnumerable<Pong> items) => items.GetAsyncEnumerator().MoveNextAsync();

    private SmpiBuilder HangUntilGate(SmpiBuilder server) => server.Handle(async (Hang hang) =>
    {
        await _gate.Task;
        return new Pong(hang.Id, "late");
    });
}
