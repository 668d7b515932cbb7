using System.Buffers;
using System.Buffers.Binary;

namespace Smpi.Wire.Tests.Native;

public sealed class PartsTests
{
    private static readonly Message Request = new() { Kind = MessageKind.Request, Id = new(7), Subject = "put" };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(131_072, 2)]
    [InlineData(131_073, 3)]
    [InlineData(1_000_000, 16)]
    public void A_body_travels_in_frames_of_at_most_64_KiB(int size, int frames)
    {
        byte[] body = Random(size);
        byte[] octets = Codec.Encode(Request with { Body = new(body) });
        Assert.Equal(frames, Types(octets).Count);
        Assert.Equal(Convert.ToHexStringLower(body), Assert.Single(Codec.Decode(octets)).Body);
    }

    [Fact]
    public void A_body_of_many_pieces_is_copied_whole()
    {
        byte[] body = Random(150_000);
        Assert.Equal(Codec.Encode(Request with { Body = new(body) }), Codec.Encode(Request with { Body = Codec.Pieces(body, 1000) }));
    }

    [Fact]
    public void Any_way_of_writing_a_body_gives_the_same_body()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            byte[] body = Random(random.Next(1, 400_000));
            var output = new OutBuffer();
            int octets = new NativeFormat().CreateWriter(Codec.Limits).Write(in Request, new Body(writer => WriteAnyhow(writer, body, random)), output);
            Assert.Equal(body.Length, octets);
            byte[] frames = Codec.Octets(output);
            Assert.True(Convert.ToHexStringLower(body) == Assert.Single(Codec.Decode(frames)).Body, $"seed {seed}");
        }
    }

    [Fact]
    public void The_outbox_may_cut_after_each_part()
    {
        var output = new OutBuffer();
        new NativeFormat().CreateWriter(Codec.Limits).Write(Request with { Body = new(Random(200_000)) }, null, output);
        var ends = new List<long>();
        for (long end = 0; end < output.Length;)
        {
            end += 4 + BinaryPrimitives.ReadUInt32LittleEndian(output.Slice(end, end + 4).ToArray());
            ends.Add(end);
        }

        Assert.Equal(ends, output.Cuts);
        Assert.Equal(4, ends.Count);
        output.Release();
    }

    [Fact]
    public void A_small_body_leaves_no_cut()
    {
        var output = new OutBuffer();
        new NativeFormat().CreateWriter(Codec.Limits).Write(Request with { Body = new(Random(65_536)) }, null, output);
        Assert.Empty(output.Cuts);
        output.Release();
    }

    [Fact]
    public void Whole_messages_go_between_the_parts_of_others()
    {
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        byte[][] first = Frames(Codec.Encode(writer, Request with { Body = new(Random(150_000)) }));
        byte[][] second = Frames(Codec.Encode(writer, new Message { Kind = MessageKind.Item, IsReply = true, Id = new(7), Body = new(Random(140_000)) }));
        byte[][] third = Frames(Codec.Encode(writer, new Message { Kind = MessageKind.Event, Subject = "e", Body = new(Random(70_000)) }));
        byte[] small = Codec.Encode(writer, new Message { Kind = MessageKind.Response, IsReply = true, Id = new(8) }, new Message { Kind = MessageKind.Credit, Id = new(7), Amount = 1 });
        byte[] octets = [.. first[0], .. second[0], .. small, .. first[1], .. third[0], .. second[1], .. third[1], .. first[2], .. second[2]];

        List<Flat> found = Codec.Decode(octets);
        Assert.Equal([MessageKind.Response, MessageKind.Credit, MessageKind.Event, MessageKind.Request, MessageKind.Item], found.Select(flat => flat.Kind));
        Assert.Equal([0, 0, 70_000, 150_000, 140_000], found.Select(flat => flat.Body.Length / 2));
        Assert.Equal(Convert.ToHexStringLower(Random(150_000)), found[3].Body);
    }

    [Fact]
    public void A_cancel_or_error_gives_up_its_split_message_and_later_parts_are_ignored()
    {
        byte[][] request = Frames(Codec.Encode(Request with { Body = new(Random(150_000)) }));
        byte[][] response = Frames(Codec.Encode(new Message { Kind = MessageKind.Response, IsReply = true, Id = new(7), Body = new(Random(150_000)) }));
        byte[] cancel = Codec.Encode(new Message { Kind = MessageKind.Cancel, Id = new(7) });
        byte[] error = Codec.Encode(new Message { Kind = MessageKind.Error, Id = new(7), Fault = new(ErrorCode.Internal, "No.") });
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);

        List<Flat> found = Codec.Decode(reader, [.. request[0], .. response[0], .. cancel, .. error, .. request[1], .. response[1], .. request[2], .. response[2]]);
        Assert.Equal([MessageKind.Cancel, MessageKind.Error], found.Select(flat => flat.Kind));

        // After the last parts both are forgotten, and one more part is an error again.
        Assert.Throws<ChannelClosedException>(() => Codec.Decode(reader, request[2]));
        Assert.Throws<ChannelClosedException>(() => Codec.Decode(reader, response[2]));
    }

    [Fact]
    public void The_memory_of_a_split_body_lasts_until_the_loan_ends()
    {
        byte[] body = Random(300_000);
        IMessageReader reader = new NativeFormat().CreateReader(Codec.Limits);
        var buffer = new ReadOnlySequence<byte>(Codec.Encode(Request with { Body = new(body) }));
        Message message;
        while (reader.TryRead(ref buffer, out message, out _) != ReadStatus.Message) Assert.False(buffer.IsEmpty);
        Assert.Equal(body, message.Body.ToArray());
        reader.EndLoan();
        reader.EndLoan();
        Assert.True(message.Body.First.IsEmpty);
    }

    private static void WriteAnyhow(IBufferWriter<byte> writer, byte[] body, Random random)
    {
        for (int start = 0; start < body.Length;)
        {
            int count = Math.Min(body.Length - start, random.Next(1, random.Next(2, 200_000)));
            int hint = random.Next(4) == 0 ? 0 : random.Next(1, count + 5000);
            if (random.Next(5) == 0) writer.GetSpan(random.Next(100_000));
            Span<byte> room = random.Next(2) == 0 ? writer.GetSpan(hint) : writer.GetMemory(hint).Span;
            Assert.True(room.Length >= Math.Max(1, hint));
            count = Math.Min(count, room.Length);
            body.AsSpan(start, count).CopyTo(room);
            writer.Advance(count);
            start += count;
        }
    }

    private static byte[][] Frames(byte[] octets)
    {
        var frames = new List<byte[]>();
        for (int start = 0; start < octets.Length;)
        {
            int end = start + 4 + BitConverter.ToInt32(octets, start);
            frames.Add(octets[start..end]);
            start = end;
        }

        return [.. frames];
    }

    private static List<byte> Types(byte[] octets) => [.. Frames(octets).Select(frame => frame[4])];

    private static byte[] Random(int size)
    {
        byte[] body = new byte[size];
        new Random(size).NextBytes(body);
        return body;
    }
}
