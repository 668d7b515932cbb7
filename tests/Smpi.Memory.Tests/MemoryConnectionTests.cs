namespace Smpi.Tests;

public sealed class MemoryConnectionTests
{
    [Fact]
    public async Task Messages_arrive_in_order_and_both_ways()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        await a.SendAsync(Wire.Event("one", "1"), Wire.Event("two", "2"));
        await a.SendAsync(Wire.Event("three"));
        await b.SendAsync(Wire.Event("back", "4"));
        Assert.Equal(["one:1", "two:2", "three:"], await b.TakeAsync(3));
        Assert.Equal(["back:4"], await a.TakeAsync(1));
    }

    [Fact]
    public async Task Every_part_of_the_envelope_arrives_as_a_copy()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        var headers = new Headers { ["trace"] = "t" };
        var sent = new Message
        {
            Kind = MessageKind.Error,
            IsReply = true,
            Id = new MessageId("x-1"),
            Subject = "s",
            Headers = headers,
            Fault = new Fault(ErrorCode.NotFound, "No."),
            Amount = 7,
        };
        a.Write(in sent, new TestBody(3));
        headers["trace"] = "changed";
        await a.FlushAsync(default);
        Assert.True(await b.NextAsync());
        Assert.True(b.TryRead(out Message read));
        Assert.Equal((MessageKind.Error, true, new MessageId("x-1"), "s", 7L), (read.Kind, read.IsReply, read.Id, read.Subject, read.Amount));
        Assert.Equal("t", read.Headers!["trace"]);
        Assert.Equal(sent.Fault, read.Fault);
        Assert.Equal("xxx", read.Text());
        Assert.False(b.TryRead(out _));
    }

    [Fact]
    public async Task Nothing_arrives_before_the_flush()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        a.Write(Wire.Event("later"));
        ValueTask<bool> read = b.ReadAsync(default);
        Assert.False(read.IsCompleted);
        await a.FlushAsync(default);
        Assert.True(await read.AsTask().WaitAsync(Wire.Patience));
        Assert.True(b.TryRead(out Message message));
        Assert.Equal("later", message.Subject);
    }

    [Fact]
    public async Task A_body_that_throws_leaves_no_trace()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        a.Write(Wire.Event("before", "1"));
        Assert.Throws<EncodingException>(() => a.Write(Wire.Event("bad"), new TestBody(100_000, fail: true)));
        await a.SendAsync(Wire.Event("after", "2"));
        Assert.Equal(["before:1", "after:2"], await b.TakeAsync(2));
    }

    [Fact]
    public async Task A_body_that_the_peer_does_not_take_is_refused_while_it_is_encoded()
    {
        (IConnection a, IConnection b) = Wire.Pair(new SmpiLimits { MessageSize = 10_000 });
        var error = Assert.Throws<MessageTooLargeException>(() => a.Write(Wire.Event("big"), new TestBody(int.MaxValue)));
        Assert.Equal(10_000, error.Limit);
        Assert.Throws<MessageTooLargeException>(() => a.Write(Wire.Event("big", new string('x', 10_001))));
        Written exact = a.Write(Wire.Event("fits"), new TestBody(10_000));
        Assert.Equal(10_000, exact.Body);
        await a.FlushAsync(default);
        Assert.Equal([$"fits:{new string('x', 10_000)}"], await b.TakeAsync(1));
    }

    [Fact]
    public void Envelopes_that_the_peer_does_not_take_are_refused()
    {
        (IConnection a, _) = Wire.Pair(new SmpiLimits { NameSize = 10, HeaderCount = 1, HeaderSize = 20 });
        Assert.Throws<MessageTooLargeException>(() => a.Write(Wire.Event("elevenchars")));
        Assert.Throws<MessageTooLargeException>(() => a.Write(Wire.Event("s") with { Headers = new Headers { ["a"] = "1", ["b"] = "2" } }));
        Assert.Throws<MessageTooLargeException>(() => a.Write(Wire.Event("s") with { Headers = new Headers { ["a"] = new string('v', 20) } }));
        Assert.True(a.Write(Wire.Event("tenlettersx"[..10])).Waiting > 0);
    }

    [Fact]
    public async Task A_reader_that_stops_makes_flushing_wait_until_it_reads()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        a.Write(Wire.Event("first"), new TestBody(70_000));
        await a.FlushAsync(default).AsTask().WaitAsync(Wire.Patience);
        a.Write(Wire.Event("second"));
        ValueTask flush = a.FlushAsync(default);
        Assert.False(flush.IsCompleted);
        Assert.True(a.Write(Wire.Event("third"), new TestBody(500)).Waiting > 500);
        Assert.True(await b.NextAsync());
        await flush.AsTask().WaitAsync(Wire.Patience);
        Assert.True(b.TryRead(out _));
        Assert.False(b.TryRead(out _));
        Assert.Equal(["second:", $"third:{new string('x', 500)}"], await b.TakeAsync(2));
    }

    [Fact]
    public async Task A_batch_stays_lent_while_more_is_handed_over()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        await a.SendAsync(Wire.Event("lent", "keep"));
        Assert.True(await b.NextAsync());
        Assert.True(b.TryRead(out Message lent));
        for (int i = 0; i < 100; i++) await a.SendAsync(Wire.Event("more", "other"));
        Assert.Equal("keep", lent.Text());
        Assert.Equal(100, (await b.TakeAsync(100)).Count(text => text == "more:other"));
    }

    [Fact]
    public async Task Values_pass_by_reference_when_asked_to()
    {
        (IConnection a, IConnection b) = Wire.Pair(memory: new MemoryOptions { ByReference = true });
        var body = new TestBody(10) { Value = new object() };
        Written written = a.Write(Wire.Event("value"), body);
        a.Write(Wire.Event("bytes", "raw"));
        await a.FlushAsync(default);
        Assert.True(await b.NextAsync());
        Assert.True(b.TryRead(out Message message));
        Assert.Same(body.Value, message.Value);
        Assert.True(message.Body.IsEmpty && written is { Body: 0, Waiting: > 0 });
        Assert.Equal(0, body.Encoded);
        Assert.True(b.TryRead(out message));
        Assert.Equal("raw", message.Text());
    }

    [Fact]
    public async Task A_message_allocates_nothing_in_steady_state()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        var body = new TestBody(200);
        Message message = Wire.Event("steady");
        int read = 0;
        void Round()
        {
            for (int i = 0; i < 20; i++) a.Write(in message, body);
            ValueTask flush = a.FlushAsync(default);
            ValueTask<bool> next = b.ReadAsync(default);
            if (!flush.IsCompletedSuccessfully || !next.IsCompletedSuccessfully) throw new InvalidOperationException("The round is not synchronous.");
            while (b.TryRead(out _)) read++;
        }

        for (int i = 0; i < 100; i++) Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(22_000, read);
        await a.DisposeAsync();
    }

    [Fact]
    public async Task A_million_messages_cross_while_both_sides_are_busy()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        Task<long> reader = Task.Run(async () =>
        {
            long sum = 0;
            while (await b.ReadAsync(default)) while (b.TryRead(out Message message)) sum += message.Amount;
            return sum;
        });
        for (int i = 1; i <= 1_000_000; i++)
        {
            if (a.Write(new Message { Kind = MessageKind.Credit, Amount = i }).Waiting > 10_000) await a.FlushAsync(default);
        }

        await a.FlushAsync(default);
        await a.DisposeAsync();
        Assert.Equal(500_000_500_000, await reader.WaitAsync(Wire.Patience));
    }
}
