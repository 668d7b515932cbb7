using System.Buffers;

namespace Smpi.Wire.Tests.Native;

public sealed class SplittingTests
{
    [Theory]
    [MemberData(nameof(Vectors.AllNames), MemberType = typeof(Vectors))]
    public void Every_prefix_needs_more_and_never_throws(string name)
    {
        byte[] octets = Vectors.Load(name);
        int messages = 0;
        for (int length = 0; length <= octets.Length; length++)
        {
            IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
            var buffer = new ReadOnlySequence<byte>(octets, 0, length);
            var found = new List<Flat>();
            Codec.Drain(reader, ref buffer, found);
            Assert.True(found.Count >= messages);
            messages = found.Count;
            if (!buffer.IsEmpty) Assert.Equal(ReadStatus.NeedMore, reader.TryRead(ref buffer, out _, out _));
        }

        Assert.Equal(Vectors.Messages(name).Length, messages);
    }

    [Fact]
    public void Every_prefix_of_a_hello_needs_more_and_says_how_much()
    {
        byte[] octets = Vectors.Load("hello");
        for (int length = 1; length < octets.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(octets, 0, length);
            Assert.Equal(ReadStatus.NeedMore, Codec.Session().TryRead(ref buffer, out _, out long missing));
            Assert.Equal(length < 6 ? 6 - length : octets.Length - length, missing);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void One_octet_at_a_time_gives_the_same_messages() =>
        Assert.Equal(Flat.All(Conversation()), Codec.Decode(new NativeFormat().CreateReader(Codec.Limits), Codec.Encode(Conversation()), () => 1));

    [Fact]
    public void Random_pieces_give_the_same_messages()
    {
        byte[] octets = Codec.Encode([.. Conversation(), Big(1, 200_000), .. Conversation(), Big(2, 65_537)]);
        Flat[] expected = Flat.All([.. Conversation(), Big(1, 200_000), .. Conversation(), Big(2, 65_537)]);
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            Assert.Equal(expected, Codec.Decode(new NativeFormat().CreateReader(Codec.Limits), octets, () => random.Next(1, random.Next(2, 100_000))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_buffer_in_many_segments_gives_the_same_messages(int size)
    {
        var found = new List<Flat>();
        ReadOnlySequence<byte> buffer = Codec.Pieces(Codec.Encode([.. Conversation(), Big(1, 70_000)]), size);
        Codec.Drain(new NativeFormat().CreateReader(Codec.Limits), ref buffer, found);
        Assert.Equal(Flat.All([.. Conversation(), Big(1, 70_000)]), found);
    }

    [Fact]
    public void A_hello_in_many_segments_is_read()
    {
        ReadOnlySequence<byte> buffer = Codec.Pieces(Vectors.Load("hello"), 1);
        IWireSession session = Codec.Session();
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref buffer, out _, out _));
        Assert.Equal("vector", session.Received.Hello!.Agent);
    }

    [Fact]
    public void A_body_in_one_frame_lies_in_the_buffer()
    {
        byte[] octets = Vectors.Load("response");
        var buffer = new ReadOnlySequence<byte>(octets);
        new NativeFormat().CreateReader(Codec.Limits).TryRead(ref buffer, out Message message, out _);
        Assert.True(System.Runtime.InteropServices.SequenceMarshal.TryGetArray(message.Body, out ArraySegment<byte> body));
        Assert.Same(octets, body.Array);
    }

    private static Message[] Conversation() => [.. Vectors.Written.Values.SelectMany(messages => messages)];

    private static Message Big(ulong id, int size)
    {
        byte[] body = new byte[size];
        new Random((int)id).NextBytes(body);
        return new Message { Kind = MessageKind.Request, Id = new(id), Subject = "big", Body = new(body) };
    }
}
