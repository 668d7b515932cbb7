using System.Buffers;

namespace Smpi.Conformance;

/// <summary>What holds for every pair of connections, however it was made. A protocol that listens derives from <see cref="ProtocolConformance"/> instead.</summary>
public abstract class ConnectionConformance
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>What both sides are opened with.</summary>
    protected virtual ConnectionOptions Options => new() { Format = new NativeFormat() };

    /// <summary>Opens two connections that are each other's peer.</summary>
    protected abstract Task<ConnectionPair> OpenAsync();

    [Fact]
    public async Task A_connection_says_what_it_is()
    {
        await using ConnectionPair pair = await OpenAsync();
        foreach (IConnection side in new[] { pair.Dialler, pair.Listener })
        {
            Assert.NotEmpty(side.Info.Protocol);
            Assert.Equal(Options.Format.Name, side.Info.Format);
            Assert.NotEmpty(side.Info.Remote);
            Assert.True(side.Info.Traits.Events);
            Assert.Null(side.Info.Closed);
        }
    }

    [Fact]
    public async Task Messages_travel_in_both_directions_at_once()
    {
        await using ConnectionPair pair = await OpenAsync();
        await Task.WhenAll(
            SendAsync(pair.Dialler, 200, 500),
            SendAsync(pair.Listener, 200, 700),
            ExpectAsync(pair.Dialler, 200, 700),
            ExpectAsync(pair.Listener, 200, 500)).Soon();

        static async Task SendAsync(IConnection from, int count, int length)
        {
            for (int seed = 0; seed < count; seed++) await from.SendAsync(seed, length);
        }

        static async Task ExpectAsync(IConnection to, int count, int length) => Assert.Equal(count, await to.TakeAsync(count, 0, length));
    }

    [Fact]
    public async Task Messages_arrive_in_the_order_of_their_writes()
    {
        await using ConnectionPair pair = await OpenAsync();
        const int Count = 20_000;
        Task<int> taking = Task.Run(() => pair.Listener.TakeAsync(Count, 0, 20));
        for (int seed = 0; seed < Count; seed++)
        {
            pair.Dialler.Put(seed, 20);
            if (seed % 100 == 99) await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        }

        Assert.Equal(Count, await taking.Soon());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_537)]
    [InlineData(Mebibyte)]
    [InlineData(3 * Mebibyte)]
    public async Task A_body_of_any_size_arrives_whole(int size)
    {
        await using ConnectionPair pair = await OpenAsync();
        Task sending = Task.Run(() => pair.Dialler.SendAsync(1, size));
        Assert.Equal(1, await pair.Listener.TakeAsync(1, 1, size));
        await sending.Soon();
    }

    [Fact]
    public async Task A_batch_stays_lent_until_the_next_read()
    {
        await using ConnectionPair pair = await OpenAsync();
        for (int seed = 0; seed < 50; seed++) pair.Dialler.Put(seed, 300);
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        int taken = 0;
        while (taken < 50)
        {
            Assert.True(await pair.Listener.ReadAsync(CancellationToken.None).Soon());
            List<ReadOnlySequence<byte>> lent = [];
            while (pair.Listener.TryRead(out Message message)) lent.Add(message.Body);
            await pair.Dialler.SendAsync(1000 + taken, 300);
            foreach (ReadOnlySequence<byte> body in lent)
            {
                if (taken < 50) Assert.True(body.Are(Octets.Make(taken, 300)), $"The loan of message {taken} ended too early.");
                taken++;
            }
        }
    }

    [Fact]
    public async Task The_rest_of_a_batch_can_be_taken_at_once()
    {
        await using ConnectionPair pair = await OpenAsync();
        for (int seed = 0; seed < 50; seed++) pair.Dialler.Put(seed, 30);
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(50, await pair.Listener.TakeAtOnceAsync(50));
    }

    [Fact]
    public async Task Items_arrive_one_by_one_however_they_were_written()
    {
        await using ConnectionPair pair = await OpenAsync();
        if (!pair.Dialler.Info.Traits.Streams) return;
        int count = pair.Dialler.PutItems();
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(count, await pair.Listener.TakeItemsAsync(count));
    }

    [Fact]
    public async Task A_read_after_the_batch_is_taken_waits_for_the_next_message()
    {
        await using ConnectionPair pair = await OpenAsync();
        await pair.Dialler.SendAsync(0, 10);
        Assert.Equal(1, await pair.Listener.TakeAsync(1, 0, 10));
        Assert.False(pair.Listener.TryRead(out _));
        Task<int> next = pair.Listener.TakeAsync(1, 1, 10);
        Assert.False(next.IsCompleted);
        await pair.Dialler.SendAsync(1, 10);
        Assert.Equal(1, await next.Soon());
    }

    [Fact]
    public async Task A_write_sends_nothing_before_the_flush_and_the_flush_sends_all()
    {
        await using ConnectionPair pair = await OpenAsync();
        Task<int> taking = pair.Listener.TakeAsync(10, 0, 100);
        for (int seed = 0; seed < 10; seed++) pair.Dialler.Put(seed, 100);
        Assert.False(taking.IsCompleted);
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(10, await taking.Soon());
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
    }

    [Fact]
    public async Task A_body_is_asked_once_and_its_size_is_told()
    {
        await using ConnectionPair pair = await OpenAsync();
        var body = new BodyThat(output => output.Write(Octets.Make(5, 1234)));
        Written written = pair.Dialler.Write(new Message { Kind = MessageKind.Event, Subject = "e.5" }, body);
        Assert.Equal(1, body.Calls);
        Assert.Equal(1234, written.Body);
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(1, await pair.Listener.TakeAsync(1, 5, 1234));
        Assert.Equal(1, body.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task A_body_that_throws_leaves_no_trace(int octetsBefore)
    {
        await using ConnectionPair pair = await OpenAsync();
        var failure = new InvalidOperationException("no value");
        var body = new BodyThat(output =>
        {
            output.Write(Octets.Make(9, octetsBefore));
            throw failure;
        });
        pair.Dialler.Put(0, 100);
        for (int turn = 0; turn < 3; turn++)
        {
            Exception? thrown = Record.Exception(() => { pair.Dialler.Write(new Message { Kind = MessageKind.Event, Subject = "never.seen" }, body); });
            Assert.Same(failure, thrown);
        }

        pair.Dialler.Put(1, 100);
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(2, await pair.Listener.TakeAsync(2, 0, 100));
    }

    [Fact]
    public async Task A_message_above_the_limit_is_refused_and_leaves_no_trace()
    {
        await using ConnectionPair pair = await OpenAsync();
        Assert.Throws<MessageTooLargeException>(() => { pair.Dialler.Put(7, Options.Limits.MessageSize + 1); });
        await pair.Dialler.SendAsync(0, 100);
        Assert.Equal(1, await pair.Listener.TakeAsync(1, 0, 100));
    }

    [Fact]
    public async Task A_reader_that_stops_makes_the_flush_wait_and_the_outbox_grow()
    {
        await using ConnectionPair pair = await OpenAsync();
        const int Count = 64;
        long flushed = 0;
        Task sending = Task.Run(async () =>
        {
            for (int seed = 0; seed < Count; seed++)
            {
                pair.Dialler.Put(seed, Mebibyte);
                await pair.Dialler.FlushAsync(CancellationToken.None);
                Interlocked.Increment(ref flushed);
            }
        });
        long stopped = await Patience.RestAsync(() => Interlocked.Read(ref flushed));
        Assert.True(stopped < Count, "Every flush ended although nobody read.");
        Assert.False(sending.IsCompleted);
        Assert.Equal(Count, await pair.Listener.TakeAsync(Count, 0, Mebibyte));
        await sending.Soon();
        int first = pair.Dialler.Put(Count, 1000).Waiting;
        int second = pair.Dialler.Put(Count + 1, 1000).Waiting;
        Assert.True(first >= 1000 && second >= first + 1000, $"The outbox tells {first} and then {second} octets waiting.");
        await pair.Dialler.FlushAsync(CancellationToken.None).Soon();
        Assert.Equal(2, await pair.Listener.TakeAsync(2, Count, 1000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_close_in_good_order_delivers_what_was_flushed_and_then_ends(bool diallerCloses)
    {
        await using ConnectionPair pair = await OpenAsync();
        (IConnection closing, IConnection other) = diallerCloses ? (pair.Dialler, pair.Listener) : (pair.Listener, pair.Dialler);
        for (int seed = 0; seed < 10; seed++) await closing.SendAsync(seed, 1000);
        closing.Info.Hop?.Goodbye(new CloseReason(ErrorCode.Closed, "That was all.", ClosedBy.Peer));
        await closing.FlushAsync(CancellationToken.None).Soon();
        await closing.DisposeAsync().Soon();
        Assert.Equal(10, await other.TakeAsync(10, 0, 1000));
        Assert.True(await other.EndsAsync());
        Assert.NotNull(other.Info.Closed);
        Assert.Equal(ErrorCode.Closed, other.Info.Closed.Code);
        if (closing.Info.Hop is not null) Assert.Equal("That was all.", other.Info.Closed.Text);
        if (closing.Info.Hop is not null) Assert.Equal(ClosedBy.Peer, other.Info.Closed.By);
    }

    [Fact]
    public async Task A_peer_that_disposes_ends_a_pending_read()
    {
        await using ConnectionPair pair = await OpenAsync();
        Task<bool> ended = pair.Listener.EndsAsync();
        Assert.False(ended.IsCompleted);
        await pair.Dialler.DisposeAsync().Soon();
        Assert.True(await ended.Soon());
    }

    [Fact]
    public async Task Own_disposal_ends_a_pending_read()
    {
        await using ConnectionPair pair = await OpenAsync();
        Task<bool> reading = pair.Dialler.EndsAsync();
        await pair.Dialler.DisposeAsync().Soon();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => reading.Soon());
        Assert.Equal(ClosedBy.Local, error.Reason.By);
    }

    [Fact]
    public async Task Own_disposal_ends_a_pending_flush()
    {
        await using ConnectionPair pair = await OpenAsync();
        long flushed = 0;
        Task sending = Task.Run(async () =>
        {
            while (true)
            {
                pair.Dialler.Put(0, Mebibyte);
                await pair.Dialler.FlushAsync(CancellationToken.None);
                Interlocked.Increment(ref flushed);
            }
        });
        await Patience.RestAsync(() => Interlocked.Read(ref flushed));
        await pair.Dialler.DisposeAsync().Soon();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => sending.Soon());
        Assert.Equal(ClosedBy.Local, error.Reason.By);
    }

    [Fact]
    public async Task Disposal_may_be_repeated_and_race()
    {
        await using ConnectionPair pair = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Task.Run(async () => await (turn % 2 == 0 ? pair.Dialler : pair.Listener).DisposeAsync()))).Soon();
        await pair.Dialler.DisposeAsync().Soon();
        Assert.NotNull(pair.Dialler.Info.Closed);
    }

    [Fact]
    public async Task A_cancelled_read_ends_typed()
    {
        await using ConnectionPair pair = await OpenAsync();
        using var source = new CancellationTokenSource();
        Task<bool> reading = pair.Dialler.ReadOneAsync(source.Token);
        await source.CancelAsync();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => reading.Soon());
        Assert.IsAssignableFrom<OperationCanceledException>(error.InnerException);
    }
}
