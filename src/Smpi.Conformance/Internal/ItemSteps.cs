using System.Buffers.Binary;

namespace Smpi.Conformance;

/// <summary>Writes items of two streams, as messages and many at a time, and checks what arrives.</summary>
internal static class ItemSteps
{
    private const int Rounds = 5;
    private const int Together = 40;

    /// <summary>Writes items in turn one by one and, where the connection takes them so, together.</summary>
    /// <returns>How many.</returns>
    public static int PutItems(this IConnection connection)
    {
        int seed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Message envelope = Envelope(seed);
            connection.Write(Whole(seed++));
            IItemWriter? writer = connection.WriteItems(in envelope);
            var items = new List<byte>();
            for (int item = 0; item < Together; item++, seed++)
            {
                if (writer is null) connection.Write(envelope with { Body = new(Body(seed)) });
                else items.AddRange(Framed(writer.Frame, Body(seed)));
            }

            if (writer is not null) Assert.Equal(items.Count, writer.Write(items.ToArray()).Body);
            Assert.Null(connection.WriteItems(new Message { Kind = MessageKind.Request, Subject = "none", Id = new(1) }));
        }

        return seed;
    }

    /// <summary>Takes items until so many came or the peer closed.</summary>
    public static async Task<int> TakeItemsAsync(this IConnection connection, int count)
    {
        var consumer = new Consumer();
        while (consumer.Count < count && await connection.ReadAsync(CancellationToken.None).Soon()) connection.ReadAll(consumer);
        return consumer.Count;
    }

    private static Message Whole(int seed) => Envelope(seed) with { Body = new(Body(seed)) };

    // One stream of each side's calls.
    private static Message Envelope(int seed) => new() { Kind = MessageKind.Item, Id = new(300), IsReply = Round(seed) % 2 == 0 };

    private static int Round(int seed) => seed / (Together + 1);

    private static byte[] Body(int seed) => Octets.Make(seed, (seed % 70) + 1);

    private static byte[] Framed(ItemFrame frame, byte[] body)
    {
        Assert.InRange(body.Length, 1, frame.LargestBody);
        byte[] prefix = new byte[ItemRun.Prefix];
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)(frame.Envelope.Length + body.Length));
        return [.. prefix, .. frame.Envelope.Span, .. body];
    }

    private sealed class Consumer : IMessageConsumer
    {
        public int Count { get; private set; }

        public void Take(in Message message)
        {
            Assert.Equal(MessageKind.Item, message.Kind);
            Assert.Equal(new MessageId(300), message.Id);
            Assert.Equal(Round(Count) % 2 == 0, message.IsReply);
            Assert.True(message.Body.Are(Body(Count)), $"The body of item {Count} is not what was sent.");
            Count++;
        }
    }
}
