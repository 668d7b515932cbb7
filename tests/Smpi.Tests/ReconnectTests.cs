using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class ReconnectTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_channel_comes_back_and_its_subscriptions_with_it()
    {
        var gaps = new ConcurrentQueue<EventGap>();
        var heard = new ConcurrentQueue<int>();
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        using ISubscription subscription = pair.Channel.On<Happened>(happened => heard.Enqueue(happened.Number), new SubscriptionOptions { OnGap = gaps.Enqueue });
        await pair.Channel.ConnectAsync();
        await (await pair.Peer.WaitAsync(Soon)).DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.Generation == 2);
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
        await pair.Server.Peers.PublishAsync(new Happened(9));
        await Eventually.IsTrueAsync(() => heard.Contains(9));
        await Eventually.IsTrueAsync(() => gaps.Count == 1);
        Assert.True(gaps.TryPeek(out EventGap gap));
        Assert.Null(gap.Lost);
    }

    [Fact]
    public async Task The_first_connect_is_retried_too()
    {
        await using Pair probe = await Pair.OpenAsync();
        int port = new Uri(probe.Server.Address).Port;
        await probe.Server.DisposeAsync();
        await using ISmpiChannel channel = Pair.Create(port, builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(20) }));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.ConnectAsync());
        Task<Pong> call = channel.RequestAsync(new Ping(3), new CallOptions { WaitForConnection = true }).AsTask();
        await using Pair late = await Pair.OpenAsync(port: port);
        Assert.Equal(3, (await call.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task A_call_that_does_not_wait_fails_at_once_while_the_peer_is_away()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMinutes(10), Jitter = 0 }));
        await pair.Channel.ConnectAsync();
        await pair.Server.DisposeAsync();
        await Eventually.IsTrueAsync(() => pair.Channel.Status.State == ChannelState.Reconnecting);
        ChannelClosedException error = await Eventually.ThrowsAsync<ChannelClosedException>(async () => await pair.Channel.RequestAsync(new Ping(1)));
        Assert.False(error.WasSent);
        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(
            async () => await pair.Channel.RequestAsync(new Ping(1), new CallOptions { WaitForConnection = true, Deadline = TimeSpan.FromMilliseconds(30) }));
        Assert.Contains("was not sent", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotent_call_is_sent_again_after_a_loss()
    {
        int runs = 0;
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.Handle("twice", async (int number, CallContext context, CancellationToken _) =>
            {
                if (Interlocked.Increment(ref runs) == 1) await context.Peer!.DisposeAsync();
                return number;
            }),
            client => client.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(5) }));
        int answer = await pair.Channel.RequestAsync<int, int>("twice", 4, new CallOptions { Idempotent = true, Deadline = Soon }, CancellationToken.None).AsTask().WaitAsync(Soon);
        Assert.Equal(4, answer);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_call_that_may_have_been_handled_says_so_and_is_not_sent_again()
    {
        int runs = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("once", async (int number, CallContext context, CancellationToken _) =>
        {
            Interlocked.Increment(ref runs);
            await context.Peer!.DisposeAsync();
            return number;
        }));
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await pair.Channel.RequestAsync<int, int>("once", 4));
        Assert.True(error.WasSent);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Attempts_end_after_their_number()
    {
        await using ISmpiChannel channel = Pair.Create(1, builder => builder.WithReconnect(new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = 3 }));
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Ping(1), new CallOptions { WaitForConnection = true }));
        Assert.Equal(ChannelState.Closed, channel.Status.State);
    }
}
