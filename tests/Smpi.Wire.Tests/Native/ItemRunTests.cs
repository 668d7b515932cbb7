using System.Buffers;

namespace Smpi.Wire.Tests.Native;

public sealed class ItemRunTests
{
    [Fact]
    public void Runs_give_the_same_messages_as_one_at_a_time()
    {
        int runs = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            Message[] messages = Conversation(random);
            byte[] octets = Codec.Encode(messages);
            var consumer = new Counting();
            Read(octets, consumer, () => random.Next(1, 40_000));
            Assert.Equal(Flat.All(messages), consumer.Messages);
            runs += consumer.Runs;
        }

        Assert.True(runs > 1000, $"Only {runs} runs were seen.");
    }

    [Fact]
    public void Items_between_the_parts_of_a_body_are_each_looked_at()
    {
        byte[] parts = Codec.Encode(Item(7, new byte[150_000]));
        int cut = 4 + BitConverter.ToInt32(parts);
        byte[] between = Codec.Encode(Enumerable.Repeat(Item(9, [1, 2, 3]), 10).ToArray());
        var consumer = new Counting();
        Read([.. parts[..cut], .. between, .. parts[cut..]], consumer, () => int.MaxValue);
        Assert.Equal(0, consumer.Runs);
        Assert.Equal(11, consumer.Messages.Count);

        byte[] overtaking = Codec.Encode(Enumerable.Repeat(Item(7, [1, 2, 3]), 10).ToArray());
        Assert.Throws<ChannelClosedException>(() => Read([.. parts[..cut], .. overtaking, .. parts[cut..]], new Counting(), () => int.MaxValue));
    }

    [Theory]
    [InlineData(0x81, 0x00)]
    [InlineData(0xff, 0x80, 0x00)]
    public void Ids_with_needless_octets_end_the_connection(params int[] id)
    {
        byte[] frame = Codec.Frame([(byte)MessageKind.Item, 0, .. id.Select(octet => (byte)octet), 1, 2, 3, 4]);
        byte[] octets = [.. Enumerable.Repeat(frame, 6).SelectMany(octet => octet)];
        Assert.Throws<ChannelClosedException>(() => Read(octets, new Counting(), () => int.MaxValue));
    }

    [Fact]
    public void A_body_above_the_limit_of_the_reader_ends_the_connection_behind_the_run_before_it()
    {
        var consumer = new Counting();
        Message[] messages = [.. Enumerable.Range(0, 20).Select(number => Item(3, new byte[number == 10 ? 1025 : 1024]))];
        Assert.Throws<ChannelClosedException>(() => Read(Codec.Encode(messages), consumer, () => int.MaxValue, Codec.Limits with { MessageSize = 1024 }));
        Assert.Equal(10, consumer.Messages.Count);
        Assert.Equal(1, consumer.Runs);
    }

    [Theory]
    [InlineData(1ul, false)]
    [InlineData(127ul, true)]
    [InlineData(128ul, false)]
    [InlineData(ulong.MaxValue, true)]
    public void Items_framed_outside_are_what_the_writer_writes(ulong id, bool isReply)
    {
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        var envelope = new Message { Kind = MessageKind.Item, Id = new(id), IsReply = isReply };
        ItemFrame frame = writer.FrameItems(in envelope)!;
        byte[] body = [1, 2, 3, 4, 5];
        Assert.Equal(
            Codec.Encode(envelope with { Body = new(body) }),
            Codec.Frame([.. frame.Envelope.ToArray(), .. body]));
        Assert.Equal(64 * 1024, frame.LargestBody);
    }

    [Fact]
    public void Only_plain_items_are_framed_outside()
    {
        IMessageWriter writer = new NativeFormat().CreateWriter(Codec.Limits);
        Assert.Null(writer.FrameItems(new Message { Kind = MessageKind.Request, Id = new(1) }));
        Assert.Null(writer.FrameItems(new Message { Kind = MessageKind.Item, Id = new("text") }));
        Assert.Null(writer.FrameItems(new Message { Kind = MessageKind.Item, Id = new(1), Headers = new Headers { ["a"] = "b" } }));
    }

    private static Message[] Conversation(Random random)
    {
        var messages = new List<Message>();
        ulong[] ids = [1, 2, 127, 128, 300_000, 1UL << 41, 1UL << 42, ulong.MaxValue];
        int[] sizes = [0, 1, 2, 5, 11, 60, 200, 4095, 4096, 4097];
        while (messages.Count < 300)
        {
            ulong id = ids[random.Next(ids.Length)];
            bool isReply = random.Next(2) == 0;
            int few = random.Next(4) == 0 ? sizes.Length : 7;
            for (int left = random.Next(1, 40); left > 0; left--) messages.Add(Item(id, Random(random, sizes[random.Next(few)])) with { IsReply = isReply });
            switch (random.Next(6))
            {
                case 0:
                    messages.Add(new Message { Kind = MessageKind.Credit, Id = new(id), Amount = 5 });
                    break;
                case 1:
                    messages.Add(Item(id, Random(random, 70_000)));
                    break;
                case 2:
                    messages.Add(new Message { Kind = MessageKind.Item, Id = new("text"), Body = new(new byte[3]) });
                    break;
                case 3:
                    messages.Add(Item(id, Random(random, 9)) with { Headers = new Headers { ["a"] = "b" } });
                    break;
            }
        }

        return [.. messages];
    }

    private static byte[] Random(Random random, int length)
    {
        byte[] octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private static Message Item(ulong id, byte[] body) => new() { Kind = MessageKind.Item, Id = new(id), Body = new(body) };

    private static void Read(byte[] octets, IMessageConsumer consumer, Func<int> next, SmpiLimits? limits = null)
    {
        IMessageReader reader = new NativeFormat().CreateReader(limits ?? Codec.Limits);
        int start = 0;
        int end = 0;
        while (end < octets.Length)
        {
            end = (int)Math.Min(octets.Length, (long)end + next());
            var buffer = new ReadOnlySequence<byte>(octets, start, end - start);
            Assert.Equal(ReadStatus.NeedMore, reader.ReadAll(ref buffer, consumer, out _));
            start = end - (int)buffer.Length;
            reader.EndLoan();
        }

        Assert.Equal(end, start);
    }

    private sealed class Counting : IMessageConsumer
    {
        public List<Flat> Messages { get; } = [];

        public int Runs { get; private set; }

        public void Take(in Message message) => Messages.Add(Flat.Of(in message));

        public void TakeItems(in Message envelope, in ItemRun run)
        {
            Runs++;
            int before = Messages.Count;
            long octets = 0;
            int position = 0;
            while (run.Next(ref position) is { IsEmpty: false } body)
            {
                Messages.Add(Flat.Of(envelope with { Body = new(body) }));
                octets += body.Length;
            }

            Assert.Equal(run.Count, Messages.Count - before);
            Assert.Equal(run.BodyOctets, octets);
        }
    }
}
