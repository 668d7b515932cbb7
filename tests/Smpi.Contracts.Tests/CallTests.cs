using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

public sealed class CallTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly ReadRequest Kitchen = new("kitchen");

    [Fact]
    public async Task A_call_by_subject_reaches_an_implementation()
    {
        await using Pair pair = await Pair.OpenAsync("tcp", "json", builder => builder.Implement<IThermostat>(new Thermostat()));
        Assert.Equal(21.5, (await pair.Channel.RequestAsync<ReadRequest, Reading>("thermostat.read", Kitchen).AsTask().WaitAsync(Soon)).Degrees);
        Assert.Equal(1, (await pair.Channel.RequestAsync<ReadRequest, Counted>("thermostat.count-again", Kitchen).AsTask().WaitAsync(Soon)).Value);
        Assert.Equal(default, await pair.Channel.RequestAsync<ReadRequest, Empty>("thermostat.reset", Kitchen).AsTask().WaitAsync(Soon));
        Assert.Equal([0, 1], await WireTests.ListAsync(pair.Channel.StreamAsync<WatchRequest, Reading>("thermostat.watch", new WatchRequest("kitchen", 2))));
    }

    [Fact]
    public async Task A_proxy_reaches_handlers_by_subject()
    {
        await using Pair pair = await Pair.OpenAsync("tcp", "json", builder => builder
            .Handle("front.display.show", (Line line, CallContext _, CancellationToken _) => new ValueTask<Line>(new Line("by hand: " + line.Text))));
        Assert.Equal("by hand: a", (await pair.Channel.Proxy<IDisplay>().ShowAsync(new Line("a"), default).AsTask().WaitAsync(Soon)).Text);
        await Assert.ThrowsAsync<UnknownSubjectException>(() => pair.Channel.Proxy<IThermostat>().ReadAsync(Kitchen).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task A_one_way_method_is_an_event()
    {
        var thermostat = new Thermostat();
        await using Pair pair = await Pair.OpenAsync("tcp", "json", builder => builder.Implement<IThermostat>(thermostat));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        for (int number = 0; number < 3; number++) await proxy.LogAsync(new Line($"{number}")).AsTask().WaitAsync(Soon);
        await TestWait.UntilAsync(() => thermostat.Told.Count == 3);
        Assert.Equal(["log 0", "log 1", "log 2"], thermostat.Told);
    }

    [Fact]
    public async Task A_peer_may_subscribe_to_a_one_way_method()
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync("tcp", "json", _ => { });
        using ISubscription subscription = pair.Channel.Subscribe<Line>(
            "thermostat.log",
            (line, _) =>
            {
                heard.TrySetResult(line.Text);
                return default;
            },
            null);
        await (await pair.Peer).Proxy<IThermostat>().LogAsync(new Line("told")).AsTask().WaitAsync(Soon);
        Assert.Equal("told", await heard.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_call_ends_at_the_deadline_of_its_channel_and_a_stream_has_none()
    {
        var thermostat = new Thermostat();
        await using Pair pair = await Pair.OpenAsync("tcp", "json", builder => builder.Implement<IThermostat>(thermostat), builder => builder.WithDeadline(TimeSpan.FromMilliseconds(200)));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        await Assert.ThrowsAsync<TimeoutException>(() => proxy.ReadAsync(new ReadRequest("slow")).AsTask().WaitAsync(Soon));
        await thermostat.Cancelled.Task.WaitAsync(Soon);
        Assert.Equal(1000, (await WireTests.ListAsync(proxy.WatchAsync(new WatchRequest("kitchen", 1000)))).Count);
    }

    [Fact]
    public async Task The_deadline_travels_to_the_implementation()
    {
        await using Pair pair = await Pair.OpenAsync("tcp", "json", builder => builder.Implement<IThermostat>(call => new Asking(call)), builder => builder.WithDeadline(TimeSpan.FromSeconds(60)));
        Assert.InRange((await pair.Channel.Proxy<IThermostat>().CountAsync(Kitchen).AsTask().WaitAsync(Soon)).Value, 20, 60);
    }

    [Fact]
    public async Task A_proxy_survives_a_reconnect()
    {
        var wire = new WireControl();
        await using Pair pair = await Pair.OpenAsync(
            "tcp", "msgpack", builder => builder.Implement<IThermostat>(new Thermostat()),
            builder => builder.UseLayer(wire.Layer).WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        Assert.Equal(1, (await proxy.CountAsync(Kitchen).AsTask().WaitAsync(Soon)).Value);
        wire.Cut();
        await TestWait.UntilAsync(() => pair.Channel.Status is { Generation: 2, State: ChannelState.Connected });
        Assert.Equal(2, (await proxy.CountAsync(Kitchen).AsTask().WaitAsync(Soon)).Value);
    }

    [Fact]
    public async Task An_idempotent_method_is_sent_again_after_a_loss_and_another_is_not()
    {
        var wire = new WireControl();
        int runs = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(
            "tcp", "json", builder => builder
                .Handle("thermostat.count-again", async (ReadRequest _, CallContext _, CancellationToken ct) =>
                {
                    if (Interlocked.Increment(ref runs) > 1) return new Counted(runs);
                    first.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ct);
                    return new Counted(0);
                })
                .Implement<IDisplay>(new Display())
                .Handle("thermostat.read", async (ReadRequest request, CallContext _, CancellationToken ct) =>
                {
                    first.TrySetResult();
                    await Task.Delay(Timeout.Infinite, ct);
                    return new Reading(request.Room, 0);
                }),
            builder => builder.UseLayer(wire.Layer).WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        Task<Counted> count = proxy.CountAsync(Kitchen).AsTask();
        await first.Task.WaitAsync(Soon);
        wire.Cut();
        Assert.Equal(2, (await count.WaitAsync(Soon)).Value);

        first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Reading> read = proxy.ReadAsync(Kitchen).AsTask();
        await first.Task.WaitAsync(Soon);
        wire.Cut();
        ChannelClosedException lost = await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Soon));
        Assert.True(lost.WasSent);
    }

    [Fact]
    public async Task Null_is_no_record()
    {
        await using Pair pair = await Pair.OpenAsync("memory", "json", builder => builder.Implement<IThermostat>(new Thermostat()));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        Assert.Throws<ArgumentNullException>(() => { _ = proxy.WatchAsync(null!); });
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await proxy.ReadAsync((ReadRequest)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await proxy.ResetAsync(null!));
    }

    [Fact]
    public void Two_implementations_of_a_subject_are_refused()
    {
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => SmpiServer.Create(builder =>
        {
            builder.ListenMemory("twice");
            builder.Implement<IDisplay>(new Display());
            Again(builder);
        }));
        Assert.Contains("front.display.show", error.Message, StringComparison.Ordinal);

        static void Again(ISmpiBuilder builder) => builder.Implement<IDisplay>(new Display());
    }

    [Fact]
    public void A_contract_without_generated_code_names_the_remedy()
    {
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => Ask<IComparable>(SmpiChannel.Create(builder => builder.UseMemory("nobody").UseJson())));
        Assert.Contains("The contract 'IComparable' has no generated code", error.Message, StringComparison.Ordinal);
        Assert.Contains("Smpi.Generators", error.Message, StringComparison.Ordinal);

        static T Ask<T>(ISmpiChannel channel)
            where T : class => channel.Proxy<T>();
    }
}
