using System.Buffers;

namespace Smpi.Wire.Tests.Native;

public sealed class WriterTests
{
    private static readonly Message Request = new() { Kind = MessageKind.Request, Id = new(7), Subject = "put" };

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    [InlineData(300_000)]
    public void A_body_that_throws_leaves_the_writer_as_it_was(int before)
    {
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        var output = new OutBuffer();
        writer.Write(new Message { Kind = MessageKind.Event, Subject = "first" }, null, output);
        long mark = output.Length;
        var body = new Body(room =>
        {
            room.Write(new byte[before]);
            room.GetSpan(100_000);
            throw new FormatException("no such value");
        });
        Assert.Throws<FormatException>(() => writer.Write(in Request, body, output));
        output.Truncate(mark);
        Assert.Empty(output.Cuts);

        writer.Write(Request with { Subject = "second" }, null, output);
        writer.Write(in Request, null, output);
        Assert.Equal(["first", "second", "put"], Codec.Decode(Codec.Octets(output)).Select(flat => flat.Subject!));
    }

    [Theory]
    [InlineData(1_000, 1_000, 1_001)]
    [InlineData(100_000, 100_000, 100_001)]
    public void A_body_above_the_peers_limit_is_refused_and_the_connection_lives(int limit, int fits, int tooLarge)
    {
        IWireSession session = Codec.OpenSession(peer: Codec.Limits with { MessageSize = limit });
        var output = new OutBuffer();
        foreach (bool encoded in new[] { true, false })
        {
            long mark = output.Length;
            MessageTooLargeException error = Assert.Throws<MessageTooLargeException>(() =>
            {
                if (encoded) session.Write(Request with { Body = new(new byte[tooLarge]) }, null, output);
                else session.Write(in Request, new Body(room => room.Write(new byte[tooLarge])), output);
            });
            Assert.Equal((tooLarge, limit), (error.Size, error.Limit));
            output.Truncate(mark);
        }

        session.Write(Request with { Body = new(new byte[fits]) }, null, output);
        Assert.Equal(2 * fits, Assert.Single(Codec.Decode(Codec.Octets(output))).Body.Length);
    }

    [Fact]
    public void Encoding_stops_as_soon_as_the_limit_is_passed()
    {
        IWireSession session = Codec.OpenSession(peer: Codec.Limits with { MessageSize = 100_000 });
        int written = 0;
        var endless = new Body(room =>
        {
            while (true)
            {
                room.Write(new byte[1000]);
                written += 1000;
            }
        });
        Assert.Throws<MessageTooLargeException>(() => session.Write(in Request, endless, new OutBuffer()));
        Assert.Equal(100_000, written);
    }

    [Fact]
    public void Before_the_hello_this_sides_own_limit_counts()
    {
        IWireSession session = Codec.Session(Codec.Limits with { MessageSize = 10 });
        Assert.Throws<MessageTooLargeException>(() => session.Write(Request with { Body = new(new byte[11]) }, null, new OutBuffer()));
    }

    [Fact]
    public void Headers_and_names_above_the_peers_limits_are_refused_by_name()
    {
        IWireSession session = Codec.OpenSession(peer: Codec.Limits with { HeaderSize = 100, HeaderCount = 3, NameSize = 8 });
        Assert.Contains("HeaderSize", Refused(Request with { Headers = Vectors.Fields(("a", new string('x', 100))) }), StringComparison.Ordinal);
        Assert.Contains("HeaderCount", Refused(Request with { Headers = Vectors.Fields(("a", ""), ("b", ""), ("c", ""), ("d", "")) }), StringComparison.Ordinal);
        Assert.Contains("NameSize", Refused(Request with { Headers = Vectors.Fields(("a23456789", "")) }), StringComparison.Ordinal);
        Assert.Contains("NameSize", Refused(Request with { Subject = "a23456789" }), StringComparison.Ordinal);
        Assert.Equal(2, Codec.Decode(Codec.Encode(session, Request with { Headers = Vectors.Fields(("a2345678", new string('x', 80))), Subject = "a2345678" }, Request)).Count);

        string Refused(Message message) => Assert.Throws<MessageTooLargeException>(() => session.Write(in message, null, new OutBuffer())).Message;
    }

    [Fact]
    public void Subjects_beyond_the_table_travel_as_text()
    {
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
        for (int round = 0; round < 3; round++)
        {
            Message[] messages = [.. Enumerable.Range(0, 5000).Select(number => Request with { Subject = $"subject-{number}" })];
            byte[] octets = Codec.Encode(writer, messages);
            Assert.Equal(messages.Select(message => message.Subject), Codec.Decode(reader, octets).Select(flat => flat.Subject));
            if (round > 0) Assert.InRange(octets.Length, 5000 * 8, (4096 * 9) + (904 * 24));
        }
    }

    [Fact]
    public void A_known_subject_is_the_same_string_each_time()
    {
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
        var buffer = new ReadOnlySequence<byte>(Codec.Encode(Request, Request with { Subject = "other" }, Request));
        reader.TryRead(ref buffer, out Message first, out _);
        reader.TryRead(ref buffer, out _, out _);
        reader.TryRead(ref buffer, out Message third, out _);
        Assert.Same(first.Subject, third.Subject);
    }

    [Fact]
    public void Ids_and_amounts_of_every_length_survive()
    {
        Message[] messages = [.. Enumerable.Range(0, 64).SelectMany(bit => new[] { (1UL << bit) - 1, 1UL << bit }).Append(ulong.MaxValue).Select(number =>
            new Message { Kind = MessageKind.Credit, Id = new(number), Amount = (long)(number >> 1) })];
        Assert.Equal(Flat.All(messages), Codec.Decode(Codec.Encode(messages)));
    }

    [Fact]
    public void Plain_messages_are_what_the_general_way_makes_of_them()
    {
        ulong[] numbers = [.. Enumerable.Range(0, 64).SelectMany(bit => new[] { (1UL << bit) - 1, 1UL << bit }).Append(ulong.MaxValue).Distinct()];
        var body = new ReadOnlySequence<byte>([1, 2, 3]);
        Message[] plain =
        [
            Request,
            .. numbers.Select(number => new Message(MessageKind.Request, new(number), isReply: false, "put", null, (long)(number >> 1))),
            .. numbers.Select(number => new Message(MessageKind.Response, new(number), isReply: true) with { Body = body }),
        ];

        // An empty set of headers and pieces of memory are what neither the short way of the writer nor that of the reader takes.
        byte[] octets = Codec.Encode(plain);
        Assert.Equal(Codec.Encode([.. plain.Select(message => message with { Headers = new Headers() })]), octets);
        var general = new List<Flat>();
        ReadOnlySequence<byte> pieces = Codec.Pieces(octets, 3);
        Codec.Drain(new NativeFormat().CreateReader(Codec.Limits), ref pieces, general);
        Assert.Equal(Flat.All(plain), general);
        Assert.Equal(general, Codec.Decode(octets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ключ")]
    public void Textual_ids_survive_in_one_frame_and_in_parts(string id)
    {
        Message[] messages = [Request with { Id = new(id), Body = new(new byte[10]) }, Request with { Id = new(id), Body = new(new byte[200_000]) }];
        Assert.Equal(Flat.All(messages), Codec.Decode(Codec.Encode(messages)));
    }

    [Fact]
    public void What_cannot_be_said_is_refused_as_an_argument()
    {
        Assert.Throws<ArgumentException>(() => Codec.Encode(new Message()));
        Assert.Throws<ArgumentException>(() => Codec.Encode(new Message { Kind = MessageKind.Response }));
        Assert.Throws<ArgumentException>(() => Codec.Encode(Request with { Id = new(new string('x', 257)) }));
        Assert.Throws<ArgumentException>(() => Codec.Encode(Codec.Session(), new HopSignal(HopSignalKind.None)));
        Assert.Throws<SmpiConfigurationException>(() => Codec.Encode(Codec.Session(), new HopSignal(HopSignalKind.Hello) { Hello = Codec.Hello with { Encodings = [new string('x', 65)] } }));
    }

    [Fact]
    public void Long_texts_for_people_are_cut_at_a_character()
    {
        var fault = new Fault(new ErrorCode(new string('c', 300)), new string('ü', 5000));
        Flat flat = Assert.Single(Codec.Decode(Codec.Encode(new Message { Kind = MessageKind.Error, Id = new(1), Fault = fault })));
        Assert.Equal(new string('ü', 2048), flat.Text);
        Assert.Equal(256, flat.Code!.Length);

        IWireSession session = Codec.OpenSession();
        var reason = new CloseReason(ErrorCode.Internal, new string('€', 1000), ClosedBy.Local);
        var buffer = new ReadOnlySequence<byte>(Codec.Encode(session, new HopSignal(HopSignalKind.Goodbye) { Reason = reason }));
        session.TryRead(ref buffer, out _, out _);
        Assert.Equal(new string('€', 341), session.Received.Reason!.Text);
    }

    [Fact]
    public void A_small_message_allocates_nothing_on_either_side()
    {
        IWireSession session = Codec.OpenSession();
        var output = new OutBuffer();
        var body = new Body(room =>
        {
            room.GetSpan(20)[..20].Clear();
            room.Advance(20);
        });
        byte[] octets = new byte[4096];
        Message response = new() { Kind = MessageKind.Response, IsReply = true, Id = new(9) };
        Round(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int times)
        {
            for (int time = 0; time < times; time++)
            {
                session.Write(in Request, body, output);
                session.Write(in response, body, output);
                int length = (int)output.Length;
                output.Slice(0, length).CopyTo(octets);
                output.Clear();
                var buffer = new ReadOnlySequence<byte>(octets, 0, length);
                while (!buffer.IsEmpty)
                {
                    if (session.TryRead(ref buffer, out Message message, out _) != ReadStatus.Message || message.Body.Length != 20) throw new InvalidOperationException();
                }

                session.EndLoan();
            }
        }
    }
}
