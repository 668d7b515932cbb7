using System.Buffers;

namespace Smpi.Wire.Tests.Native;

/// <summary>Encodes and decodes whole conversations for the tests.</summary>
internal static class Codec
{
    public static SmpiLimits Limits { get; } = SmpiLimits.Default;

    public static byte[] Encode(params Message[] messages) => Encode(new NativeFormat().CreateWriter(Limits), messages);

    public static byte[] Encode(IMessageWriter writer, params Message[] messages)
    {
        var output = new OutBuffer();
        foreach (Message message in messages) writer.Write(in message, null, output);
        return Octets(output);
    }

    public static byte[] Encode(IWireSession session, params HopSignal[] signals)
    {
        var output = new OutBuffer();
        foreach (HopSignal signal in signals) session.Write(in signal, output);
        return Octets(output);
    }

    public static byte[] Octets(OutBuffer output)
    {
        byte[] octets = output.Slice(0, output.Length).ToArray();
        output.Release();
        return octets;
    }

    public static List<Flat> Decode(byte[] octets, SmpiLimits? limits = null) => Decode(new NativeFormat().CreateReader(limits ?? Limits), octets);

    /// <summary>Everything that lies in the octets; the loan ends afterwards.</summary>
    public static List<Flat> Decode(IMessageReader reader, byte[] octets)
    {
        var messages = new List<Flat>();
        var buffer = new ReadOnlySequence<byte>(octets);
        Drain(reader, ref buffer, messages);
        Assert.True(buffer.IsEmpty, $"{buffer.Length} octets are left.");
        reader.EndLoan();
        return messages;
    }

    /// <summary>The octets in pieces, as a connection would hand them over: what is not consumed comes again.</summary>
    public static List<Flat> Decode(IMessageReader reader, byte[] octets, Func<int> next)
    {
        var messages = new List<Flat>();
        int start = 0;
        int end = 0;
        while (end < octets.Length)
        {
            end = Math.Min(octets.Length, end + next());
            var buffer = new ReadOnlySequence<byte>(octets, start, end - start);
            Drain(reader, ref buffer, messages);
            start = end - (int)buffer.Length;
            reader.EndLoan();
        }

        Assert.Equal(end, start);
        return messages;
    }

    /// <summary>Reads what there is, in turn by one message at a time and by all that follow: both ways mean the same.</summary>
    public static void Drain(IMessageReader reader, ref ReadOnlySequence<byte> buffer, List<Flat> messages)
    {
        var consumer = new Consumer(messages);
        while (!buffer.IsEmpty)
        {
            long before = buffer.Length;
            ReadStatus status;
            long missing;
            bool one = before % 2 == 0;
            if (one)
            {
                status = reader.TryRead(ref buffer, out Message message, out missing);
                if (status == ReadStatus.Message) messages.Add(Flat.Of(in message));
            }
            else
            {
                status = reader.ReadAll(ref buffer, consumer, out missing);
                Assert.True(status is ReadStatus.NeedMore or ReadStatus.Signal);
            }

            if (status == ReadStatus.NeedMore)
            {
                Assert.Equal(buffer.IsEmpty, missing == 0);
                if (one) Assert.Equal(before, buffer.Length);
                return;
            }

            Assert.True(buffer.Length < before);
        }
    }

    /// <summary>A frame made by hand: its length field is added.</summary>
    public static byte[] Frame(params byte[] rest) => [.. BitConverter.GetBytes(rest.Length), .. rest];

    public static PeerHello Hello { get; } = new()
    {
        Agent = "vector",
        Encodings = ["protobuf", "json"],
        Session = Enumerable.Range(0, 16).Select(number => (byte)number).ToArray(),
    };

    public static IWireSession Session(SmpiLimits? limits = null) =>
        new NativeFormat().CreateSession(new ConnectionOptions { Format = new NativeFormat(), Limits = limits ?? Limits });

    /// <summary>A session that has read a peer's hello.</summary>
    public static IWireSession OpenSession(SmpiLimits? limits = null, SmpiLimits? peer = null)
    {
        IWireSession session = Session(limits);
        var buffer = new ReadOnlySequence<byte>(Encode(session, new HopSignal(HopSignalKind.Hello) { Hello = Hello with { Limits = peer ?? Limits } }));
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref buffer, out _, out _));
        return session;
    }

    public static ReadOnlySequence<byte> Pieces(byte[] octets, int size)
    {
        Piece? first = null;
        Piece? last = null;
        for (int start = 0; start < octets.Length; start += size)
        {
            last = new Piece(octets.AsMemory(start, Math.Min(size, octets.Length - start)), last);
            first ??= last;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Consumer(List<Flat> messages) : IMessageConsumer
    {
        public void Take(in Message message) => messages.Add(Flat.Of(in message));
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
