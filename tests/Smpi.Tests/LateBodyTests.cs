using System.Buffers;

namespace Smpi.Tests;

/// <summary>Large bodies that take long to decode hold up nobody else.</summary>
public sealed class LateBodyTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_request_that_takes_long_to_decode_does_not_hold_up_the_connection()
    {
        using var gate = new SlowJson();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder
                .UseSlow(gate)
                .Handle("length", (string text, CallContext _, CancellationToken _) => new ValueTask<int>(text.Length)),
            builder => builder.Handle((Ping ping) => new Pong(ping.Number, "client")));
        ISmpiPeer peer = await pair.PeerAsync();
        Task<int> call = pair.Channel.RequestAsync<string, int>("length", new string('x', 200_000)).AsTask();
        await gate.Reading.WaitAsync(Soon);

        // The reader goes on: answers come, and requests behind keep their order.
        Assert.Equal(3, (await peer.RequestAsync(new Ping(3)).AsTask().WaitAsync(Soon)).Number);
        Task<Pong> behind = pair.Channel.RequestAsync(new Ping(4)).AsTask();
        Assert.Equal(5, (await peer.RequestAsync(new Ping(5)).AsTask().WaitAsync(Soon)).Number);
        Assert.False(behind.IsCompleted);
        gate.Open();
        Assert.Equal(200_000, await call.WaitAsync(Soon));
        Assert.Equal(4, (await behind.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task A_request_that_is_decoded_after_its_deadline_is_not_handled()
    {
        using var gate = new SlowJson();
        int handled = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .UseSlow(gate)
            .Handle("length", (string text, CallContext _, CancellationToken _) =>
            {
                handled++;
                return new ValueTask<int>(text.Length);
            }));
        var options = new CallOptions { Deadline = TimeSpan.FromMilliseconds(200) };
        await Assert.ThrowsAsync<TimeoutException>(async () => await pair.Channel.RequestAsync<string, int>("length", new string('x', 200_000), options, default));
        gate.Open();
        await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon);
        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task A_request_that_cannot_be_decoded_fails_typed_and_alone()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("length", (int[] numbers, CallContext _, CancellationToken _) => new ValueTask<int>(numbers.Length)));
        EncodingException error = await Assert.ThrowsAsync<EncodingException>(async () => await pair.Channel.RequestAsync<string, int>("length", new string('x', 200_000)));
        Assert.Contains("'length'", error.Message, StringComparison.Ordinal);
        Assert.Equal(50_000, await pair.Channel.RequestAsync<int[], int>("length", [.. Enumerable.Range(0, 50_000)]));
    }

    [Fact]
    public async Task An_answer_that_takes_long_to_decode_holds_up_no_other_and_keeps_its_deadline()
    {
        using var gate = new SlowJson();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.Handle("text", (int length, CallContext _, CancellationToken _) => new ValueTask<string>(new string('x', length))),
            builder => builder.UseSlow(gate));
        await pair.Channel.ConnectAsync();
        Task<string> call = pair.Channel.RequestAsync<int, string>("text", 200_000).AsTask();
        await gate.Reading.WaitAsync(Soon);
        Assert.Equal(3, (await pair.Channel.RequestAsync(new Ping(3)).AsTask().WaitAsync(Soon)).Number);
        var options = new CallOptions { Deadline = TimeSpan.FromMilliseconds(200) };
        await Assert.ThrowsAsync<TimeoutException>(async () => await pair.Channel.RequestAsync<int, string>("text", 200_000, options, default));
        using var stop = new CancellationTokenSource();
        Task<string> cancelled = pair.Channel.RequestAsync<int, string>("text", 200_000, null, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        gate.Open();
        Assert.Equal(200_000, (await call.WaitAsync(Soon)).Length);
    }

    [Fact]
    public async Task Large_items_are_decoded_when_they_are_taken()
    {
        using var gate = new SlowJson();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.HandleStream("texts", (int count, CallContext _, CancellationToken _) => Texts(count)),
            builder => builder.UseSlow(gate));
        await using IAsyncEnumerator<string> items = pair.Channel.StreamAsync<int, string>("texts", 3).GetAsyncEnumerator();
        Task<bool> first = Task.Run(async () => await items.MoveNextAsync());
        await gate.Reading.WaitAsync(Soon);
        Assert.Equal(3, (await pair.Channel.RequestAsync(new Ping(3)).AsTask().WaitAsync(Soon)).Number);
        gate.Open();
        Assert.True(await first.WaitAsync(Soon));
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(200_000, items.Current.Length);
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Soon));
        Assert.False(await items.MoveNextAsync().AsTask().WaitAsync(Soon));
    }

    private static async IAsyncEnumerable<string> Texts(int count)
    {
        for (int number = 0; number < count; number++) yield return new string('x', 200_000);
        await Task.CompletedTask;
    }
}
