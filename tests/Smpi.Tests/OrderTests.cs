using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class OrderTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Requests_and_events_start_in_the_order_they_were_sent()
    {
        var started = new ConcurrentQueue<int>();

        // On the pool, work behind a thread that stands still for 10 ms goes on beside it, and any thread may on a busy machine.
        await using var loop = new DedicatedThreadLoop("order");
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .RunOn(loop)
            .Handle("order", async (int number, CallContext _, CancellationToken _) =>
            {
                started.Enqueue(number);
                await Task.Yield();
                return number;
            })
            .HandleEvent((Happened happened, CancellationToken _) =>
            {
                started.Enqueue(happened.Number);
                return default;
            }));
        await pair.Channel.ConnectAsync();
        var calls = new List<Task>();
        for (int number = 0; number < 1000; number += 2)
        {
            calls.Add(pair.Channel.RequestAsync<int, int>("order", number).AsTask());
            await pair.Channel.PublishAsync(new Happened(number + 1));
        }

        await Task.WhenAll(calls).WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => started.Count == 1000);
        Assert.Equal(Enumerable.Range(0, 1000), started);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_holds_up_no_reply_and_no_later_call()
    {
        using var block = new ManualResetEventSlim();
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle((Hang hang) =>
        {
            block.Wait(Soon);
            return new Pong(hang.Id, "late");
        }));
        Task<Pong> stuck = pair.Channel.RequestAsync(new Hang(1)).AsTask();
        for (int number = 0; number < 20; number++) Assert.Equal(number, (await pair.Channel.RequestAsync(new Ping(number)).AsTask().WaitAsync(Soon)).Number);
        Assert.False(stuck.IsCompleted);
        block.Set();
        Assert.Equal(1, (await stuck.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task A_continuation_that_blocks_on_another_call_does_not_deadlock()
    {
        await using Pair pair = await Pair.OpenAsync();
        int[] numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            await pair.Channel.RequestAsync(new Ping(number));
            return Blocking(pair.Channel, number);
        })).WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 8), numbers);
    }

    [Fact]
    public async Task A_stalled_stream_does_not_stop_its_neighbours()
    {
        await using Pair pair = await Pair.OpenAsync();
        await using IAsyncEnumerator<Pong> stalled = pair.Channel.StreamAsync(new Count(int.MaxValue, 1000)).GetAsyncEnumerator();
        Assert.True(await stalled.MoveNextAsync());
        await Task.WhenAll(Enumerable.Range(0, 99).Select(async _ =>
        {
            int next = 0;
            await foreach (Pong pong in pair.Channel.StreamAsync(new Count(300, 100))) Assert.Equal(next++, pong.Number);
            Assert.Equal(300, next);
        })).WaitAsync(Soon);
        Assert.True(await stalled.MoveNextAsync());
    }

    [Fact]
    public async Task A_small_reply_does_not_wait_behind_a_large_body()
    {
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.WithLimits(limits => limits with { MessageSize = 64 << 20 }).Handle("octets", (RawBody body, CallContext _, CancellationToken _) => new ValueTask<RawBody>(body)),
            client => client.WithLimits(limits => limits with { MessageSize = 64 << 20 }));
        await pair.Channel.ConnectAsync();
        byte[] octets = new byte[32 << 20];
        Task<RawBody> large = pair.Channel.RequestAsync<RawBody, RawBody>("octets", new RawBody(octets)).AsTask();
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon)).Number);
        Assert.Equal(octets.Length, (await large.WaitAsync(Soon)).Octets.Length);
    }

    [Fact]
    public async Task One_bad_value_fails_its_call_and_not_the_connection()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("number", async (int number, CallContext _, CancellationToken _) => double.NaN));
        EncodingException sent = await Assert.ThrowsAsync<EncodingException>(async () => await pair.Channel.RequestAsync<double, int>("number", double.NaN));
        Assert.Contains("Double", sent.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EncodingException>(async () => await pair.Channel.RequestAsync<string, double>("number", "no number"));
        await Assert.ThrowsAnyAsync<SmpiException>(async () => await pair.Channel.RequestAsync<int, double>("number", 1));
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
        Assert.Equal(1, pair.Channel.Status.Generation);
    }

    [Fact]
    public async Task A_message_above_the_peers_limit_fails_at_its_sender_with_both_numbers()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.WithLimits(limits => limits with { MessageSize = 100_000 }));
        MessageTooLargeException error = await Assert.ThrowsAsync<MessageTooLargeException>(
            async () => await pair.Channel.RequestAsync<RawBody, RawBody>("octets", new RawBody(new byte[200_000])));
        Assert.Equal(100_000, error.Limit);
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
    }

    [Fact]
    public async Task Callers_above_the_peers_limit_wait_their_turn()
    {
        int running = 0;
        int most = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithLimits(limits => limits with { Calls = 4 })
            .Handle("slow", async (int number, CallContext _, CancellationToken _) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return number;
            }));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => pair.Channel.RequestAsync<int, int>("slow", number).AsTask())).WaitAsync(Soon);
        Assert.InRange(most, 1, 4);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task Handlers_above_the_concurrency_wait_in_order()
    {
        int running = 0;
        int most = 0;
        var started = new List<int>();
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithOptions(options => options.Concurrency = 1)
            .Handle("slow", async (int number, CallContext _, CancellationToken _) =>
            {
                started.Add(number);
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return number;
            }));
        await pair.Channel.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => pair.Channel.RequestAsync<int, int>("slow", number).AsTask())).WaitAsync(Soon);
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 100), started);
    }

    [Fact]
    public async Task Requests_in_flight_on_all_connections_are_bounded()
    {
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithLimits(limits => limits with { ListenerInFlightSize = 100_000 })
            .Handle("keep", async (RawBody body, CallContext _, CancellationToken _) =>
            {
                started.TrySetResult();
                await finish.Task;
                return body.Octets.Length;
            }));
        await using ISmpiChannel other = pair.Connect();
        Task<int> first = pair.Channel.RequestAsync<RawBody, int>("keep", new RawBody(new byte[90_000])).AsTask();
        await started.Task.WaitAsync(Soon);
        RemoteException refused = await Assert.ThrowsAsync<RemoteException>(async () => await other.RequestAsync<RawBody, int>("keep", new RawBody(new byte[20_000])));
        Assert.Equal(ErrorCode.ResourceExhausted, refused.Code);
        finish.SetResult();
        Assert.Equal(90_000, await first.WaitAsync(Soon));
        Assert.Equal(20_000, await other.RequestAsync<RawBody, int>("keep", new RawBody(new byte[20_000])).AsTask().WaitAsync(Soon));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen;)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private static int Blocking(ISmpiChannel channel, int number) => channel.RequestAsync(new Ping(number)).AsTask().GetAwaiter().GetResult().Number;
}
