namespace Smpi.Wire.Tests.Native;

public sealed class RefusalTests
{
    private static readonly SmpiLimits Small = Codec.Limits with { MessageSize = 100_000, HeaderSize = 50, HeaderCount = 2, NameSize = 8, InFlightSize = 150_000 };
    private static readonly Message Request = new() { Kind = MessageKind.Request, Id = new(7), Subject = "put" };
    private static readonly Message Next = new() { Kind = MessageKind.Response, IsReply = true, Id = new(1) };

    public static TheoryData<string> Excesses => ["body", "tiny limit", "header size", "header count", "header name", "subject"];

    [Theory]
    [MemberData(nameof(Excesses))]
    public void A_request_above_the_limits_is_refused_alone(string excess)
    {
        SmpiLimits limits = excess == "tiny limit" ? Small with { MessageSize = 10 } : Small;
        List<Flat> found = Codec.Decode(Codec.Encode(Excess(excess, Request), Next), limits);
        Assert.Equal(2, found.Count);
        Assert.Equal((MessageKind.Request, "7", "TooLarge", ""), (found[0].Kind, found[0].Id, found[0].Code!, found[0].Body));
        Assert.Equal(excess == "subject" ? "" : "put", found[0].Subject);
        Assert.Equal(Flat.Of(in Next), found[1]);
    }

    [Fact]
    public void A_response_above_the_limits_fails_its_call_alone()
    {
        byte[] octets = Codec.Encode(Excess("body", new Message { Kind = MessageKind.Response, IsReply = true, Id = new(7) }), Next);
        List<Flat> found = Codec.Decode(octets, Small);
        Assert.Equal((MessageKind.Error, true, "7", "TooLarge"), (found[0].Kind, found[0].IsReply, found[0].Id, found[0].Code!));
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void An_error_above_the_limits_keeps_its_fault()
    {
        byte[] octets = Codec.Encode(Excess("body", new Message { Kind = MessageKind.Error, Id = new(7), Fault = new(ErrorCode.NotFound, "No.") }), Next);
        Assert.Equal(("NotFound", "No.", ""), Codec.Decode(octets, Small).Select(flat => (flat.Code!, flat.Text!, flat.Body)).First());
    }

    [Theory]
    [InlineData(MessageKind.Event)]
    [InlineData(MessageKind.Item)]
    public void An_item_or_event_above_the_limits_breaks_the_protocol(MessageKind kind)
    {
        byte[] octets = Codec.Encode(Excess("body", new Message { Kind = kind, Id = kind == MessageKind.Event ? default : new(1), Subject = "e" }));
        Assert.Equal(ErrorCode.ProtocolError, Assert.Throws<ChannelClosedException>(() => Codec.Decode(octets, Small)).Code);
    }

    [Fact]
    public void A_refused_subject_keeps_its_number()
    {
        byte[] octets = Codec.Encode(Request with { Subject = "much too long" }, Request, Request with { Subject = "much too long" }, Request);
        Assert.Equal(["TooLarge", null, "TooLarge", null], Codec.Decode(octets, Small).Select(flat => flat.Code));
        Assert.Equal(["", "put", "", "put"], Codec.Decode(octets, Small).Select(flat => flat.Subject));
    }

    [Fact]
    public void Split_bodies_together_stay_within_the_octets_in_flight()
    {
        IMessageReader reader = new NativeFormat().CreateReader(Small);
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        byte[] first = Codec.Encode(writer, Request with { Body = new(new byte[90_000]) });
        byte[] second = Codec.Encode(writer, Request with { Id = new(8), Body = new(new byte[90_000]) });
        int head = 4 + BitConverter.ToInt32(first);
        int head2 = 4 + BitConverter.ToInt32(second);
        List<Flat> found = Codec.Decode(reader, [.. first[..head], .. second[..head2], .. second[head2..], .. first[head..], .. second]);
        Assert.Equal([("8", "ResourceExhausted"), ("7", null), ("8", null)], found.Select(flat => (flat.Id, flat.Code)));
    }

    [Fact]
    public void More_split_bodies_than_are_kept_are_refused_then_end_the_connection()
    {
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
        for (uint id = 0; id < 256 + 1024; id++)
        {
            List<Flat> found = Codec.Decode(reader, Begin(id));
            if (id < 256) Assert.Empty(found);
            else Assert.Equal("ResourceExhausted", Assert.Single(found).Code);
        }

        Assert.Throws<ChannelClosedException>(() => Codec.Decode(reader, Begin(5000)));
    }

    [Fact]
    public void Parts_of_one_octet_cost_little_memory()
    {
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
        Codec.Decode(reader, Begin(1));
        byte[] parts = [.. Enumerable.Range(0, 10_000).SelectMany(_ => Codec.Frame(9, 1, 1, 0x55))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Codec.Decode(reader, parts);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(20_000, Assert.Single(Codec.Decode(reader, Codec.Frame(9, 0, 1))).Body.Length);
    }

    // The first frame of a request of which more is to come, without a body so far.
    private static byte[] Begin(uint id) => id < 0x80 ? Codec.Frame(1, 1, (byte)id, 0, 0) : Codec.Frame(1, 1, (byte)(id | 0x80), (byte)(id >> 7), 0, 0);

    private static Message Excess(string what, Message message) => what switch
    {
        "header size" => message with { Headers = Vectors.Fields(("a", new string('x', 60))) },
        "header count" => message with { Headers = Vectors.Fields(("a", ""), ("b", ""), ("c", "")) },
        "header name" => message with { Headers = Vectors.Fields(("a23456789", "")) },
        "subject" => message with { Subject = "much too long" },
        _ => message with { Body = new(new byte[what == "body" ? 250_000 : 11]) },
    };
}
