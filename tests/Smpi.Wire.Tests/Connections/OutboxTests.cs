using Smpi.Wire.Tests.Native;

namespace Smpi.Wire.Tests.Connections;

/// <summary>What a connection over bytes sends, in which order, while a large body is under way.</summary>
public sealed class OutboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Replies_credits_cancels_and_pongs_go_between_the_parts_of_a_large_body()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Big(MessageKind.Request, 6));
        Task flush = connection.FlushAsync(default).AsTask();
        TaskCompletionSource first = await transport.NextSendAsync();
        connection.Write(new Message { Kind = MessageKind.Response, IsReply = true, Id = new(3) });
        connection.Write(new Message { Kind = MessageKind.Cancel, Id = new(4) });
        connection.Write(new Message { Kind = MessageKind.Credit, Amount = 1 });
        connection.Info.Hop!.Ping();
        await LetGoAsync(transport, first, flush);
        Assert.Equal(["Request 6", "Response 3", "Cancel 4", "Credit -", "Ping", "Part 6", "Part 6", "Part 6"], Sent(transport));
    }

    [Fact]
    public async Task Nothing_overtakes_its_own_request_or_its_earlier_items()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Big(MessageKind.Request, 6));
        connection.Write(Small(MessageKind.Request, 7));
        connection.Write(Small(MessageKind.Item, 8, reply: true));
        connection.Write(Small(MessageKind.Cancel, 6));
        connection.Write(Small(MessageKind.Cancel, 7));
        connection.Write(Small(MessageKind.Response, 8, reply: true));
        connection.Write(Small(MessageKind.Response, 9, reply: true));
        await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());
        Assert.Equal(["Request 6", "Response 9", "Part 6", "Part 6", "Part 6", "Request 7", "Item 8", "Cancel 6", "Cancel 7", "Response 8"], Sent(transport));
    }

    [Fact]
    public async Task Nothing_overtakes_what_was_written_before_the_large_body_while_an_earlier_flush_runs()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Small(MessageKind.Request, 1));
        Task flush = connection.FlushAsync(default).AsTask();
        TaskCompletionSource first = await transport.NextSendAsync();
        connection.Write(Small(MessageKind.Request, 5));
        connection.Write(Small(MessageKind.Item, 5, reply: true));
        connection.Write(Big(MessageKind.Request, 6));
        connection.Write(Small(MessageKind.Cancel, 5));
        connection.Write(Small(MessageKind.Response, 5, reply: true));
        await LetGoAsync(transport, first, flush);
        Assert.Equal(["Request 1", "Request 5", "Item 5", "Request 6", "Cancel 5", "Response 5", "Part 6", "Part 6", "Part 6"], Sent(transport));
    }

    [Fact]
    public async Task A_reply_written_while_the_last_octets_go_is_not_left_behind()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Big(MessageKind.Request, 6));
        ulong written = 9, flushed = 8;
        Task flush = FlushAllAsync();
        for (ulong id = 10; id < 20; id++)
        {
            // One reply during each of the sends, the last ones of which carry nothing but replies.
            TaskCompletionSource send = await transport.NextSendAsync();
            connection.Write(Small(MessageKind.Response, id, reply: true));
            Volatile.Write(ref written, id);
            send.SetResult();
        }

        await LetGoAsync(transport, null, flush);
        Assert.Equal(Enumerable.Range(10, 10).Select(id => $"Response {id}"), Sent(transport).Where(frame => frame.StartsWith("Response", StringComparison.Ordinal)));
        Assert.Equal(4, Sent(transport).Count(frame => frame.EndsWith(" 6", StringComparison.Ordinal)));

        // Who writes during a flush asks for another one.
        async Task FlushAllAsync()
        {
            while (Volatile.Read(ref written) is var last && last != flushed)
            {
                flushed = last;
                await connection.FlushAsync(default);
            }
        }
    }

    [Fact]
    public async Task A_large_reply_waits_for_its_turn_and_stays_whole()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Big(MessageKind.Request, 6));
        connection.Write(Small(MessageKind.Response, 2, reply: true));
        connection.Write(Big(MessageKind.Response, 3));
        connection.Write(Small(MessageKind.Response, 4, reply: true));
        connection.Write(Small(MessageKind.Request, 5));
        await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());
        Assert.Equal(["Request 6", "Response 2", "Response 4", "Part 6", "Part 6", "Part 6", "Response 3", "Part 3", "Part 3", "Part 3", "Request 5"], Sent(transport));
        Assert.All(Codec.Decode(Codec.Session(), transport.Sent).Where(flat => flat.Id is "6" or "3"), flat => Assert.Equal(400_000, flat.Body.Length));
    }

    [Fact]
    public async Task A_peer_that_pings_and_does_not_read_cannot_fill_the_outbox()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        byte[] ping = Vectors.Load("ping")[..14];
        transport.Feed([.. Enumerable.Range(0, 5000).SelectMany(_ => ping)]);
        Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.False(connection.TryRead(out _));
        Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.False(connection.TryRead(out _));
        Assert.InRange(connection.Write(Small(MessageKind.Cancel, 1)).Waiting, 64 * 14, (64 * 14) + 20);
        await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());

        // Once they are sent, the next is answered.
        transport.Feed(ping);
        Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.False(connection.TryRead(out _));
        await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());
        Assert.Equal(0x12, transport.Sent[^10]);
    }

    [Fact]
    public async Task A_body_that_throws_between_two_messages_leaves_no_trace()
    {
        (StreamConnection connection, GatedTransport transport) = await OpenAsync();
        connection.Write(Small(MessageKind.Request, 1));
        Assert.Throws<FormatException>(() => connection.Write(Small(MessageKind.Request, 2), new Body(room =>
        {
            room.GetSpan(65_536).Clear();
            room.Advance(65_536);
            room.GetSpan(65_536);
            throw new FormatException("no such value");
        })));
        connection.Write(Small(MessageKind.Request, 3));
        await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());
        Assert.Equal(["Request 1", "Request 3"], Sent(transport));
    }

    [Fact]
    public async Task Any_mixture_keeps_the_order_of_each_call_and_of_starts()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            (StreamConnection connection, GatedTransport transport) = await OpenAsync();
            var written = new List<string>();
            Task flush = Task.CompletedTask;
            for (int step = 0; step < 60; step++)
            {
                Message message = Any(random, step);
                connection.Write(in message);
                written.Add(Name(Flat.Of(in message)));
                if (random.Next(3) == 0 && flush.IsCompleted) flush = connection.FlushAsync(default).AsTask();
                if (!flush.IsCompleted && random.Next(2) == 0) (await transport.NextSendAsync(flush))?.SetResult();
            }

            await LetGoAsync(transport, null, flush);
            await LetGoAsync(transport, null, connection.FlushAsync(default).AsTask());
            List<string> sent = [.. Codec.Decode(Codec.Session(), transport.Sent).Select(Name)];
            Assert.True(written.Order().SequenceEqual(sent.Order()), $"seed {seed}");
            for (int id = 0; id < 4; id++)
            {
                Assert.True(Of(written, $" {id} up").SequenceEqual(Of(sent, $" {id} up")), $"seed {seed}, call {id}");
                Assert.True(Of(written, $" {id} down").SequenceEqual(Of(sent, $" {id} down")), $"seed {seed}, call {id}");
            }

            Assert.True(Of(written, "Request").SequenceEqual(Of(sent, "Request")), $"seed {seed}, starts");
            await connection.DisposeAsync();
        }

        static IEnumerable<string> Of(List<string> names, string what) => names.Where(name => name.Contains(what, StringComparison.Ordinal) && !name.StartsWith("Credit", StringComparison.Ordinal));
        static string Name(Flat flat) => $"{flat.Kind} {flat.Id} {(flat.IsReply ? "down" : "up")} {flat.Body.Length / 2}";
    }

    private static Message Any(Random random, int step)
    {
        MessageKind kind = (MessageKind)random.Next(1, 8);
        bool reply = kind is MessageKind.Response or MessageKind.Error || (kind != MessageKind.Request && random.Next(2) == 0);
        int size = kind is MessageKind.Cancel or MessageKind.Credit ? 0 : random.Next(4) == 0 ? 70_000 + step : step;
        return new Message
        {
            Kind = kind,
            Id = new((ulong)random.Next(4)),
            IsReply = reply,
            Subject = kind == MessageKind.Request ? $"s{random.Next(9)}" : null,
            Fault = kind == MessageKind.Error ? new Fault(ErrorCode.Internal, "") : null,
            Body = new(new byte[size]),
        };
    }

    private static Message Small(MessageKind kind, ulong id, bool reply = false) => new() { Kind = kind, Id = new(id), IsReply = reply, Subject = kind == MessageKind.Request ? "s" : null };

    private static Message Big(MessageKind kind, ulong id) => Small(kind, id, kind == MessageKind.Response) with { Body = new(new byte[200_000]) };

    private static async Task<(StreamConnection Connection, GatedTransport Transport)> OpenAsync()
    {
        var transport = new GatedTransport();
        transport.Feed(Vectors.Load("hello"));
        StreamConnection connection = await StreamConnection.OpenAsync(transport, new ConnectionOptions { Format = new NativeFormat(), Encodings = ["json"] }, "test", default);
        transport.IsGated = true;
        return (connection, transport);
    }

    private static async Task LetGoAsync(GatedTransport transport, TaskCompletionSource? first, Task flush)
    {
        transport.IsGated = false;
        first?.SetResult();
        await flush.WaitAsync(Patience);
        transport.IsGated = true;
    }

    // The hello first; then one entry for each frame.
    private static List<string> Sent(GatedTransport transport)
    {
        byte[] octets = transport.Sent;
        var frames = new List<string>();
        for (int start = 4 + BitConverter.ToInt32(octets); start < octets.Length; start += 4 + BitConverter.ToInt32(octets, start))
        {
            byte type = octets[start + 4];
            string id = (octets[start + 5] & 0x20) != 0 ? "-" : octets[start + 6].ToString(System.Globalization.CultureInfo.InvariantCulture);
            frames.Add(type == 0x11 ? "Ping" : type == 9 ? $"Part {id}" : $"{(MessageKind)type} {id}");
        }

        return frames;
    }
}
