using System.Buffers;

namespace Smpi.Wire.Tests.Native;

public sealed class MalformedTests
{
    public static TheoryData<string, byte[]> Frames => new()
    {
        { "an empty frame", [0, 0, 0, 0, 0, 0] },
        { "a frame of one octet", [1, 0, 0, 0, 2, 0] },
        { "a frame above the limit", [0xff, 0xff, 0xff, 0xff, 2, 0] },
        { "a frame just above the limit", [.. BitConverter.GetBytes((128 * 1024) + (16 * 1024) + 1), 2, 0] },
        { "type zero", Codec.Frame(0, 0) },
        { "an unknown type", Codec.Frame(0x0a, 0) },
        { "a reserved type: ack", Codec.Frame(0x14, 0) },
        { "a type behind the ignored range", Codec.Frame(0x80, 0) },
        { "an unknown flag", Codec.Frame(2, 0x80, 1) },
        { "reply on a request", Codec.Frame(1, 2, 1, 0, 0) },
        { "more on a cancel", Codec.Frame(6, 1, 1) },
        { "no id on a response", Codec.Frame(2, 0x20) },
        { "no id and a textual id", Codec.Frame(7, 0x38, 1, 65, 1) },
        { "no id and reply", Codec.Frame(9, 0x22) },
        { "no id at all", Codec.Frame(2, 0) },
        { "an id that ends early", Codec.Frame(2, 0, 0x80) },
        { "an id with a needless octet", Codec.Frame(2, 0, 0x80, 0) },
        { "an id of 65 bits", Codec.Frame(2, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2) },
        { "an id of eleven octets", Codec.Frame(2, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1) },
        { "a textual id longer than its frame", Codec.Frame(2, 0x10, 5, 65) },
        { "a textual id that is not UTF-8", Codec.Frame(2, 0x10, 1, 0xff) },
        { "a textual id that is too long", Codec.Frame([2, 0x10, 0x81, 2, .. new byte[257]]) },
        { "a subject that is not defined", Codec.Frame(1, 0, 1, 1) },
        { "a subject far beyond the table", Codec.Frame(1, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1) },
        { "a subject longer than its frame", Codec.Frame(1, 0, 1, 0, 2, 65) },
        { "a subject that is not UTF-8", Codec.Frame(1, 0, 1, 0, 1, 0xc0) },
        { "a request whose amount is missing", [.. Codec.Frame(1, 0, 1, 0, 1, 65), .. Codec.Frame(1, 8, 2, 1)] },
        { "a request whose amount ends early", [.. Codec.Frame(1, 0, 1, 0, 1, 65), .. Codec.Frame(1, 8, 2, 1, 0x80)] },
        { "a request whose amount has a needless octet", [.. Codec.Frame(1, 0, 1, 0, 1, 65), .. Codec.Frame(1, 8, 2, 1, 0x80, 0)] },
        { "a known subject with a needless octet", [.. Codec.Frame(1, 0, 1, 0, 1, 65), .. Codec.Frame(1, 0, 2, 0x81, 0)] },
        { "a credit without an amount", Codec.Frame(7, 0, 1) },
        { "an amount above 63 bits", Codec.Frame(7, 0x28, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1) },
        { "a credit with a body", Codec.Frame(7, 0x28, 1, 1) },
        { "a cancel with a body", Codec.Frame(6, 0, 1, 1) },
        { "an error without a fault", Codec.Frame(3, 0, 1) },
        { "a fault with a code that is too long", Codec.Frame([3, 0, 1, 0, 0x81, 2, .. new byte[258]]) },
        { "a fault with a text that is too long", Codec.Frame([3, 0, 1, 1, 0x81, 0x20, .. new byte[4097]]) },
        { "headers longer than their frame", Codec.Frame(2, 4, 1, 9, 0) },
        { "headers that end early", Codec.Frame(2, 4, 1, 3, 0, 0, 0) },
        { "headers that end late", Codec.Frame(2, 4, 1, 1, 1, 1, 65, 0) },
        { "headers with a count and no fields", Codec.Frame(2, 4, 1, 1, 1) },
        { "a header without a name", Codec.Frame(2, 4, 1, 3, 1, 0, 0) },
        { "a header with a line break", Codec.Frame(2, 4, 1, 5, 1, 1, 65, 1, 10) },
        { "a header that is not UTF-8", Codec.Frame(2, 4, 1, 5, 1, 1, 65, 1, 0x80) },
        { "too many headers on a response", Codec.Frame(2, 4, 1, 2, 0xe5, 0) },
        { "a body of more than 64 KiB in one frame", Codec.Frame([2, 0, 1, .. new byte[65_537]]) },
        { "a part of more than 64 KiB", [.. Codec.Frame(2, 1, 1), .. Codec.Frame([9, 2, 1, .. new byte[65_537]])] },
        { "a part without a beginning", Codec.Frame(9, 0, 1) },
        { "a part of an event without a beginning", Codec.Frame(9, 0x20) },
        { "a second beginning", [.. Codec.Frame(2, 1, 1), .. Codec.Frame(2, 1, 1)] },
        { "a whole response during a split one", [.. Codec.Frame(2, 1, 1), .. Codec.Frame(2, 0, 1)] },
        { "an event during a split one", [.. Codec.Frame(8, 1, 0, 0), .. Codec.Frame(8, 0, 1)] },
        { "a short ping", Codec.Frame(0x11, 0, 1, 2, 3) },
        { "a long ping", Codec.Frame(0x11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) },
        { "a ping with flags", Codec.Frame(0x11, 1, 1, 2, 3, 4, 5, 6, 7, 8) },
        { "a goodbye without a text", Codec.Frame(0x13, 0, 1) },
        { "a second hello", Vectors.Load("hello") },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_malformed_frame_is_a_protocol_error(string what, byte[] octets)
    {
        IWireSession session = Codec.OpenSession();
        ChannelClosedException error = Assert.Throws<ChannelClosedException>(() => Codec.Decode(session, octets));
        Assert.True(error.Code == ErrorCode.ProtocolError && error.Message.StartsWith("The peer ", StringComparison.Ordinal), $"{what}: {error.Message}");

        // In many segments, too.
        ReadOnlySequence<byte> pieces = Codec.Pieces(octets, 1);
        Assert.Throws<ChannelClosedException>(() => Codec.Drain(Codec.OpenSession(), ref pieces, []));
    }

    [Fact]
    public void Mutated_octets_throw_nothing_but_a_closed_channel()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SMPI_MUTATIONS"), out int wanted) ? wanted : 150_000;
        byte[][] seeds = [.. Vectors.Written.Keys.Concat(Vectors.Read.Keys).Concat(["ping", "goodbye"]).Select(Vectors.Load), Vectors.Load("hello")];
        SmpiLimits limits = Codec.Limits with { MessageSize = 64, HeaderSize = 64, NameSize = 16, InFlightSize = 100 };
        for (int seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            byte[] octets = Mutate(seeds, random);
            try
            {
                IWireSession session = random.Next(4) == 0 ? Codec.Session() : Codec.OpenSession(random.Next(2) == 0 ? limits : Codec.Limits);
                var buffer = new ReadOnlySequence<byte>(octets);
                if (random.Next(8) == 0) buffer = Codec.Pieces(octets, random.Next(1, 5));
                Codec.Drain(session, ref buffer, []);
                session.EndLoan();
            }
            catch (ChannelClosedException error) when (error.Code == ErrorCode.ProtocolError)
            {
                // What is expected of most.
            }
            catch (Exception error)
            {
                Assert.Fail($"Mutation {seed} ({Convert.ToHexStringLower(octets)}) threw {error}");
            }
        }
    }

    private static byte[] Mutate(byte[][] seeds, Random random)
    {
        List<byte> octets = [.. seeds[random.Next(seeds.Length)]];
        if (random.Next(3) == 0) octets.AddRange(seeds[random.Next(seeds.Length)]);
        for (int change = random.Next(1, 6); change > 0 && octets.Count > 0; change--)
        {
            int at = random.Next(octets.Count);
            switch (random.Next(6))
            {
                case 0: octets[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: octets[at] = (byte)random.Next(256); break;
                case 2: octets[at] = random.Next(2) == 0 ? (byte)0 : (byte)255; break;
                case 3: octets.RemoveAt(at); break;
                case 4: octets.Insert(at, (byte)random.Next(256)); break;
                default: octets.InsertRange(at, octets.Skip(random.Next(octets.Count)).Take(random.Next(20)).ToArray()); break;
            }
        }

        // Most mutations keep the length of the first frame true, so that its fields are reached.
        if (random.Next(4) != 0 && octets.Count > 6)
        {
            byte[] length = BitConverter.GetBytes(octets.Count - 4);
            for (int index = 0; index < 4; index++) octets[index] = length[index];
        }

        return [.. octets];
    }
}
