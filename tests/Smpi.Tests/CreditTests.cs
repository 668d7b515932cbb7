namespace Smpi.Tests;

/// <summary>Credit is enforced: a peer that sends without it is closed, and costs no more memory than it was granted.</summary>
public sealed class CreditTests
{
    private const int Window = 64 * 1024;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(16_000)]
    [InlineData(1)]
    public async Task Events_without_credit_close_the_connection(int size)
    {
        var hang = new TaskCompletionSource();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleEvent<SmpiBuilder, RawBody>("much", async (_, _, _) => await hang.Task));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);
        int sent = 0;
        while (seen.Status.State == ChannelState.Connected && sent * (size + 64L) < 100 * Window)
        {
            for (int burst = 0; burst < 100; burst++, sent++) peer.Write(MessageKind.Event, null, new byte[size], "much");
            try
            {
                await peer.FlushAsync();
            }
            catch (ChannelClosedException)
            {
                break;
            }
        }

        await Eventually.IsTrueAsync(() => seen.Status.LastClose is not null);
        Assert.Equal(ErrorCode.ProtocolError, seen.Status.LastClose?.Code);
        Assert.Contains("credit", seen.Status.LastClose?.Text, StringComparison.Ordinal);
        hang.SetResult();
    }

    [Fact]
    public async Task Events_within_their_credit_are_taken_whatever_their_size()
    {
        int taken = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleEvent<SmpiBuilder, RawBody>("much", (_, _, _) =>
        {
            Interlocked.Increment(ref taken);
            return default;
        }));
        foreach (int size in (int[])[0, 1, 63, Window, Window + 1, 300_000])
        {
            for (int count = 0; count < 20; count++) await pair.Channel.PublishAsync("much", new RawBody(new byte[size]), null, default).AsTask().WaitAsync(Soon);
        }

        await Eventually.IsTrueAsync(() => Volatile.Read(ref taken) == 120);
    }

    [Fact]
    public async Task Threads_that_publish_at_once_never_exceed_their_credit_together()
    {
        int taken = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleEvent<SmpiBuilder, RawBody>("much", (_, _, _) =>
        {
            Interlocked.Increment(ref taken);
            return default;
        }));
        var headers = new Headers { { "name", "value" } };
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (int count = 0; count < 200; count++) await pair.Channel.PublishAsync("much", new RawBody(new byte[20_000]), headers, default);
        }))).WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => Volatile.Read(ref taken) == 3200);
    }

    [Fact]
    public async Task Items_without_credit_close_the_connection()
    {
        var hang = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleClientStream(
            "up", async (int _, IAsyncEnumerable<RawBody> _, CallContext _, CancellationToken _) => await hang.Task));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);
        peer.Write(MessageKind.Request, 1, "1"u8.ToArray(), "up");
        int sent = 0;
        while (sent < 1000 && await peer.TrySendAsync(MessageKind.Item, 1, new byte[10_000])) sent++;
        Assert.True(sent > 0);
        await Eventually.IsTrueAsync(() => seen.Status.LastClose is not null);
        Assert.Equal(ErrorCode.ProtocolError, seen.Status.LastClose?.Code);
        hang.SetResult(0);
    }

    [Fact]
    public async Task The_debts_of_all_streams_together_stay_below_the_window_of_the_connection()
    {
        var hang = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleClientStream(
            "up", async (int _, IAsyncEnumerable<RawBody> _, CallContext _, CancellationToken _) => await hang.Task));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);

        // Each of these streams owes nearly a megabyte after its one item: the fifth may still begin, and the sixth may not.
        byte[] item = new byte[1024 * 1024];
        for (ulong id = 1; id <= 5; id++)
        {
            Assert.True(await peer.TrySendAsync(MessageKind.Request, id, "1"u8.ToArray(), "up") && await peer.TrySendAsync(MessageKind.Item, id, item));
        }

        peer.Write(MessageKind.Request, 6, "1"u8.ToArray(), "up");
        await peer.FlushAsync();
        await Eventually.IsTrueAsync(() => seen.Status.RunningCalls == 6);
        Assert.Equal(ChannelState.Connected, seen.Status.State);
        await peer.TrySendAsync(MessageKind.Item, 6, item);
        await Eventually.IsTrueAsync(() => seen.Status.LastClose is not null);
        Assert.Equal(ErrorCode.ProtocolError, seen.Status.LastClose?.Code);
        hang.SetResult(0);
    }

    [Fact]
    public async Task Streams_of_large_items_that_nobody_reads_do_not_hold_up_one_of_small_items()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .HandleStream("large", (int count, CallContext _, CancellationToken _) => Large(count))
            .HandleStream("small", (int count, CallContext _, CancellationToken _) => Small(count)));
        var stalled = new List<IAsyncEnumerator<RawBody>>();
        for (int stream = 0; stream < 8; stream++)
        {
            stalled.Add(pair.Channel.StreamAsync<int, RawBody>("large", 3).GetAsyncEnumerator());
            if (stream < 3) Assert.True(await stalled[stream].MoveNextAsync().AsTask().WaitAsync(Soon));
        }

        List<Task<bool>> waiting = [.. stalled.Skip(3).Select(one => one.MoveNextAsync().AsTask())];
        int taken = 0;
        await foreach (string _ in pair.Channel.StreamAsync<int, string>("small", 5000)) taken++;
        Assert.Equal(5000, taken);

        // Once they are read, all of them come.
        await Task.WhenAll(stalled.Select(async (stream, index) =>
        {
            int came = index < 3 ? 1 : await waiting[index - 3] ? 1 : 0;
            while (await stream.MoveNextAsync()) came++;
            Assert.Equal(3, came);
            await stream.DisposeAsync();
        })).WaitAsync(Soon);
    }

    [Fact]
    public async Task An_end_without_credit_closes_the_connection()
    {
        var hang = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleClientStream(
            "up", async (int _, IAsyncEnumerable<RawBody> _, CallContext _, CancellationToken _) => await hang.Task));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);
        peer.Write(MessageKind.Request, 1, "1"u8.ToArray(), "up");
        peer.Write(MessageKind.Item, 1, new byte[2 * Window]);
        peer.Write(MessageKind.End, 1);
        await peer.FlushAsync();
        await Eventually.IsTrueAsync(() => seen.Status.LastClose is not null);
        Assert.Equal(ErrorCode.ProtocolError, seen.Status.LastClose?.Code);
        hang.SetResult(0);
    }

    [Fact]
    public async Task A_stream_whose_last_item_exceeds_its_credit_ends_when_it_was_taken()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("large", (int count, CallContext _, CancellationToken _) => Large(count)));
        await using IAsyncEnumerator<RawBody> items = pair.Channel.StreamAsync<int, RawBody>("large", 1).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(1, pair.Channel.Status.PendingCalls);
        Assert.False(await items.MoveNextAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task Credit_that_comes_before_the_first_item_counts()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("small", (int count, CallContext _, CancellationToken _) => Small(count)));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        peer.Write(MessageKind.Request, 1, "5000"u8.ToArray(), "small");
        peer.Write(MessageKind.Credit, 1, amount: 10_000_000);
        await peer.FlushAsync();
        int came = 0;
        for (; came < 5000; came++) await peer.NextAsync(MessageKind.Item);
        await peer.NextAsync(MessageKind.End);
        Assert.Equal(5000, came);
    }

    [Fact]
    public async Task Grants_without_bound_do_not_overflow()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("small", (int count, CallContext _, CancellationToken _) => Small(count)));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        peer.Write(MessageKind.Request, 1, "1000"u8.ToArray(), "small");
        for (int grant = 0; grant < 10; grant++) peer.Write(MessageKind.Credit, 1, amount: long.MaxValue);
        for (int grant = 0; grant < 10; grant++) peer.Write(MessageKind.Credit, null, amount: long.MaxValue);
        await peer.FlushAsync();
        for (int came = 0; came < 1000; came++) await peer.NextAsync(MessageKind.Item);
        await peer.NextAsync(MessageKind.End);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);
        await seen.PublishAsync(new Happened(1)).AsTask().WaitAsync(Soon);
        Assert.Equal("happened", (await peer.NextAsync(MessageKind.Event)).Message.Subject);
    }

    [Fact]
    public async Task Items_that_wait_for_a_handler_are_dropped_when_its_connection_ends()
    {
        var hang = new TaskCompletionSource<int>();
        var handlers = new List<IAsyncEnumerable<RawBody>>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleClientStream(
            "up", async (int _, IAsyncEnumerable<RawBody> items, CallContext _, CancellationToken _) =>
            {
                lock (handlers) handlers.Add(items);
                return await hang.Task;
            }));
        await using (Lawless peer = await Lawless.ConnectAsync(pair))
        {
            for (ulong id = 1; id <= 50; id++)
            {
                peer.Write(MessageKind.Request, id, "1"u8.ToArray(), "up");
                for (int item = 0; item < 6; item++) peer.Write(MessageKind.Item, id, new byte[10_000]);
                await peer.FlushAsync();
            }

            await Eventually.IsTrueAsync(() =>
            {
                lock (handlers) return handlers.Count == 50;
            });
        }

        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 0);
        foreach (IAsyncEnumerable<RawBody> items in handlers)
        {
            await using IAsyncEnumerator<RawBody> left = items.GetAsyncEnumerator();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await left.MoveNextAsync());
        }

        hang.SetResult(0);
    }

    private static async IAsyncEnumerable<RawBody> Large(int count)
    {
        for (int number = 0; number < count; number++) yield return new RawBody(new byte[2 * 1024 * 1024]);
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<string> Small(int count)
    {
        for (int number = 0; number < count; number++) yield return new string('x', 200);
        await Task.CompletedTask;
    }
}
