using System.Runtime.CompilerServices;

namespace Smpi.Conformance;

/// <summary>Calls with streams of items.</summary>
public abstract class ChannelStreamConformance : ChannelCallConformance
{
    [Fact]
    public async Task A_long_stream_arrives_whole_and_in_order()
    {
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new Count(1, 0)).DrainAsync())) return;
        await ArrivesAsync(10_000, 50);
    }

    [Fact]
    public async Task Items_larger_than_the_window_arrive()
    {
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new Count(1, 0)).DrainAsync())) return;
        await ArrivesAsync(5, 1_500_000);
    }

    [Fact]
    public async Task A_stream_that_is_left_stops_its_handler()
    {
        var gate = new Gate();
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new GatedStream(1)).DrainAsync(), Streaming(gate))) return;
        await using ChannelPair pair = await OpenAsync(Streaming(gate));
        await foreach (Pong pong in pair.Channel.StreamAsync(new GatedStream(1)))
        {
            Assert.Equal(0, pong.Number);
            break;
        }

        if (Traits.Cancel) await gate.Cancelled;
        gate.Open();
        await AssertWorksAsync(pair);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task A_cancelled_stream_throws_cancellation()
    {
        var gate = new Gate();
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new GatedStream(1)).DrainAsync(), Streaming(gate))) return;
        await using ChannelPair pair = await OpenAsync(Streaming(gate));
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LeaveAsync().Soon());
        gate.Open();
        await AssertWorksAsync(pair);

        async Task LeaveAsync()
        {
            await foreach (Pong _ in pair.Channel.StreamAsync(new GatedStream(1), source.Token)) await source.CancelAsync();
        }
    }

    [Fact]
    public async Task A_stream_that_fails_brings_its_items_first_and_then_the_error()
    {
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new GatedStream(1)).DrainAsync())) return;
        await using ChannelPair pair = await OpenAsync(builder => builder.HandleStream((GatedStream _, CancellationToken _) => FailAfterAsync(3)));
        List<int> numbers = [];
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(() => TakeAsync().Soon());
        Assert.Equal([0, 1, 2], numbers);
        Assert.Equal("It broke.", error.Message);

        async Task TakeAsync()
        {
            await foreach (Pong pong in pair.Channel.StreamAsync(new GatedStream(1))) numbers.Add(pong.Number);
        }
    }

    [Fact]
    public async Task A_stalled_stream_stops_none_of_its_99_neighbours()
    {
        if (await RefusedAsync(Traits.Streams, channel => channel.StreamAsync(new Count(1, 0)).DrainAsync())) return;
        await using ChannelPair pair = await OpenAsync();
        await using IAsyncEnumerator<Pong> stalled = pair.Channel.StreamAsync(new Count(2000, 2000)).GetAsyncEnumerator();
        Assert.True(await stalled.MoveNextAsync().Soon());
        int[] counts = await Task.WhenAll(Enumerable.Range(0, 99).Select(_ => Task.Run(() => CountAsync(pair.Channel.StreamAsync(new Count(200, 200)))))).Soon();
        Assert.All(counts, count => Assert.Equal(200, count));
        await AssertWorksAsync(pair);
        int rest = 1;
        Exception? overflow = await Record.ExceptionAsync(async () =>
        {
            while (await stalled.MoveNextAsync().Soon()) rest++;
        });
        if (Traits.Credit) Assert.Null(overflow);
        if (overflow is null) Assert.Equal(2000, rest);
        else Assert.IsAssignableFrom<SmpiException>(overflow);
    }

    [Fact]
    public async Task A_caller_that_stops_its_items_fails_its_call_only()
    {
        if (await RefusedAsync(Traits.ClientStreams, async channel => await channel.RequestAsync(new Sum(1), Refusal.Numbers(1)))) return;
        await using ChannelPair pair = await OpenAsync();
        Exception? error = await Record.ExceptionAsync(() => pair.Channel.RequestAsync(new Sum(1), BrokenAsync()).Soon());
        Assert.NotNull(error);
        await AssertWorksAsync(pair);

        static async IAsyncEnumerable<Number> BrokenAsync()
        {
            yield return new Number(1);
            await Task.Yield();
            throw new InvalidOperationException("The source failed.");
        }
    }

    [Fact]
    public async Task A_handler_that_answers_early_stops_the_callers_items()
    {
        if (await RefusedAsync(Traits.ClientStreams, async channel => await channel.RequestAsync(new Sum(1), Refusal.Numbers(1)))) return;
        await using ChannelPair pair = await OpenAsync(builder => builder.HandleClientStream("early", async (Sum _, IAsyncEnumerable<Number> _, CallContext _, CancellationToken _) => new Pong(1, "enough")));
        Pong pong = await pair.Channel.RequestAsync<Sum, Number, Pong>("early", new Sum(0), Refusal.Numbers(int.MaxValue), null, CancellationToken.None).Soon();
        Assert.Equal("enough", pong.Text);
        await AssertWorksAsync(pair);
    }

    /// <summary>A whole stream comes in order. Where the format cannot hold the sender back, the stream may fail instead, typed, and nothing else does.</summary>
    private async Task ArrivesAsync(int count, int size)
    {
        await using ChannelPair pair = await OpenAsync();
        int next = 0;
        Exception? overflow = await Record.ExceptionAsync(() => TakeAsync().Soon());
        if (Traits.Credit) Assert.Null(overflow);
        if (overflow is null) Assert.Equal(count, next);
        else Assert.IsAssignableFrom<SmpiException>(overflow);
        await AssertWorksAsync(pair);

        async Task TakeAsync()
        {
            await foreach (Pong pong in pair.Channel.StreamAsync(new Count(count, size)))
            {
                Assert.Equal(next++, pong.Number);
                Assert.Equal(size, pong.Text.Length);
            }
        }
    }

    private async Task<bool> RefusedAsync(bool can, Func<ISmpiChannel, Task> call, Action<SmpiBuilder>? handler = null)
    {
        if (can) return false;
        await Refusal.IsTypedAsync(Setup, handler, call);
        return true;
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<Pong> items)
    {
        int count = 0;
        await foreach (Pong _ in items) count++;
        return count;
    }

    private protected static Action<SmpiBuilder> Streaming(Gate gate) => builder => builder.HandleStream((GatedStream _, CancellationToken ct) => ItemsAsync(gate, ct));

    private static async IAsyncEnumerable<Pong> ItemsAsync(Gate gate, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new Pong(0, "first");
        await gate.PassAsync(ct);
        yield return new Pong(1, "second");
    }

    private static async IAsyncEnumerable<Pong> FailAfterAsync(int count)
    {
        for (int number = 0; number < count; number++) yield return new Pong(number, "item");
        await Task.Yield();
        throw new FaultException(new Broken("stream"), "It broke.");
    }
}
