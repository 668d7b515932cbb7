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
        { "type zero", Wire.Frame(0, 0) },
        { "an unknown type", Wire.Frame(0x0a, 0) },
        { "a reserved type: ack", Wire.Frame(0x14, 0) },
        { "a type behind the ignored range", Wire.Frame(0x80, 0) },
        { "an unknown flag", Wire.Frame(2, 0x80, 1) },
        { "reply on a request", Wire.Frame(1, 2, 1, 0, 0) },
        { "more on a cancel", Wire.Frame(6, 1, 1) },
        { "no id on a response", Wire.Frame(2, 0x20) },
        { "no id and a textual id", Wire.Frame(7, 0x38, 1, 65, 1) },
        { "no id and reply", Wire.Frame(9, 0x22) },
        { "no id at all", Wire.Frame(2, 0) },
        { "an id that ends early", Wire.Frame(2, 0, 0x80) },
        { "an id with a needless octet", Wire.Frame(2, 0, 0x80, 0) },
        { "an id of 65 bits", Wire.Frame(2, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2) },
        { "an id of eleven octets", Wire.Frame(2, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1) },
        { "a textual id longer than its frame", Wire.Frame(2, 0x10, 5, 65) },
        { "a textual id that is not UTF-8", Wire.Frame(2, 0x10, 1, 0xff) },
        { "a textual id that is too long", Wire.Frame([2, 0x10, 0x81, 2, .. new byte[257]]) },
        { "a subject that is not defined", Wire.Frame(1, 0, 1, 1) },
        { "a subject far beyond the table", Wire.Frame(1, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1) },
        { "a subject longer than its frame", Wire.Frame(1, 0, 1, 0, 2, 65) },
        { "a subject that is not UTF-8", Wire.Frame(1, 0, 1, 0, 1, 0xc0) },
        { "a credit without an amount", Wire.Frame(7, 0, 1) },
        { "an amount above 63 bits", Wire.Frame(7, 0x28, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1) },
        { "a credit with a body", Wire.Frame(7, 0x28, 1, 1) },
        { "a cancel with a body", Wire.Frame(6, 0, 1, 1) },
        { "an error without a fault", Wire.Frame(3, 0, 1) },
        { "a fault with a code that is too long", Wire.Frame([3, 0, 1, 0, 0x81, 2, .. new byte[258]]) },
        { "a fault with a text that is too long", Wire.Frame([3, 0, 1, 1, 0x81, 0x20, .. new byte[4097]]) },
        { "headers longer than their frame", Wire.Frame(2, 4, 1, 9, 0) },
        { "headers that end early", Wire.Frame(2, 4, 1, 3, 0, 0, 0) },
        { "headers that end late", Wire.Frame(2, 4, 1, 1, 1, 1, 65, 0) },
        { "headers with a count and no fields", Wire.Frame(2, 4, 1, 1, 1) },
        { "a header without a name", Wire.Frame(2, 4, 1, 3, 1, 0, 0) },
        { "a header with a line break", Wire.Frame(2, 4, 1, 5, 1, 1, 65, 1, 10) },
        { "a header that is not UTF-8", Wire.Frame(2, 4, 1, 5, 1, 1, 65, 1, 0x80) },
        { "too many headers on a response", Wire.Frame(2, 4, 1, 2, 0xe5, 0) },
        { "a body of more than 64 KiB in one frame", Wire.Frame([2, 0, 1, .. new byte[65_537]]) },
        { "a part of more than 64 KiB", [.. Wire.Frame(2, 1, 1), .. Wire.Frame([9, 2, 1, .. new byte[65_537]])] },
        { "a part without a beginning", Wire.Frame(9, 0, 1) },
        { "a part of an event without a beginning", Wire.Frame(9, 0x20) },
        { "a second beginning", [.. Wire.Frame(2, 1, 1), .. Wire.Frame(2, 1, 1)] },
        { "a whole response during a split one", [.. Wire.Frame(2, 1, 1), .. Wire.Frame(2, 0, 1)] },
        { "an event during a split one", [.. Wire.Frame(8, 1, 0, 0), .. Wire.Frame(8, 0, 1)] },
        { "a short ping", Wire.Frame(0x11, 0, 1, 2, 3) },
        { "a long ping", Wire.Frame(0x11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) },
        { "a ping with flags", Wire.Frame(0x11, 1, 1, 2, 3, 4, 5, 6, 7, 8) },
        { "a goodbye without a text", Wire.Frame(0x13, 0, 1) },
        { "a second hello", Vectors.Load("hello") },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_malformed_frame_is_a_protocol_error(string what, byte[] octets)
    {
        IWireSession session = Wire.OpenSession();
        ChannelClosedException error = Assert.Throws<ChannelClosedException>(() => Wire.Decode(session, octets));
        Assert.True(error.Code == ErrorCode.ProtocolError && error.Message.StartsWith("The peer ", StringComparison.Ordinal), $"{what}: {error.Message}");

        // In many segments, too.
        ReadOnlySequence<byte> pieces = Wire.Pieces(octets, 1);
        Assert.Throws<ChannelClosedException>(() => Wire.Drain(Wire.OpenSession(), ref pieces, []));
    }

    [Fact]
    public void Mutated_octets_throw_nothing_but_a_closed_channel()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SMPI_MUTATIONS"), out int wanted) ? wanted : 150_000;
        byte[][] seeds = [.. Vectors.Written.Keys.Concat(Vectors.Read.Keys).Concat(["ping", "goodbye"]).Select(Vectors.Load), Vectors.Load("hello")];
        SmpiLimits limits = Wire.Limits with { MessageSize = 64, HeaderSize = 64, NameSize = 16, InFlightSize = 100 };
        for (int seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            byte[] octets = Mutate(seeds, random);
            try
            {
                IWireSession session = random.Next(4) == 0 ? Wire.Session() : Wire.OpenSession(random.Next(2) == 0 ? limits : Wire.Limits);
                var buffer = new ReadOnlySequence<byte>(octets);
                if (random.Next(8) == 0) buffer = Wire.Pieces(octets, random.Next(1, 5));
                Wire.Drain(session, ref buffer, []);
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
