using System.Buffers;

namespace Smpi.Tests;

/// <summary>Bodies cut, changed and made up: each is read or refused with an <see cref="EncodingException"/>, and nothing else happens.</summary>
public sealed class HostileTests
{
    private static readonly byte[][] Bodies = [Proto.Write(Samples.Full), Proto.Write(Samples.Flat), Proto.Write<Shape>(new Group("g", [new Circle("c", 1)]))];

    [Fact]
    public void Every_prefix_of_a_body_is_refused_or_ends_with_a_field()
    {
        // A body may end after any field: that is what makes members optional. Cut within one it is refused.
        HashSet<int> ends = [0];
        var reader = new ProtobufReader(new ReadOnlySequence<byte>(Bodies[0]));
        while (reader.TryReadTag(out _))
        {
            reader.Skip();
            ends.Add(Bodies[0].Length - reader.Remaining);
        }

        ICodec<Everything> codec = Proto.Plain.For<Everything>();
        for (int length = 0; length < Bodies[0].Length; length++) Assert.Equal(!ends.Contains(length), IsRefused(codec, Bodies[0].AsMemory(0, length)));
        Assert.InRange(Bodies[0].Length, 300, 2000);
    }

    [Fact]
    public void A_body_in_pieces_of_one_octet_reads_as_one_in_one_piece()
    {
        Proto.Same(Samples.Full, Proto.Plain.For<Everything>().Read(Proto.Shredded(Bodies[0])));
        Assert.Throws<EncodingException>(() => Proto.Plain.For<Everything>().Read(Proto.Shredded(Bodies[0][..^1])));
    }

    [Fact]
    public void Mutated_bodies_are_read_or_refused()
    {
        var random = new Random(20_261_121);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] body = [.. Bodies[round % Bodies.Length]];
            for (int change = random.Next(1, 4); change > 0; change--) body[random.Next(body.Length)] = (byte)random.Next(256);
            bool isRefused = (round % Bodies.Length) switch
            {
                0 => IsRefused(Proto.Plain.For<Everything>(), body),
                1 => IsRefused(Proto.Plain.For<Flat>(), body),
                _ => IsRefused(Proto.Plain.For<Shape>(), body),
            };
            refused += isRefused ? 1 : 0;
        }

        Assert.InRange(refused, 1_000, 19_999);
    }

    [Fact]
    public void Random_octets_are_read_or_refused()
    {
        var random = new Random(4);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] body = new byte[random.Next(1, 64)];
            random.NextBytes(body);
            refused += IsRefused(Proto.Plain.For<Everything>(), body) ? 1 : 0;
            refused += IsRefused(Proto.Plain.For<List<Dictionary<string, Node>>>(), body) ? 1 : 0;
        }

        Assert.InRange(refused, 30_000, 40_000);
    }

    [Fact]
    public void Every_field_with_a_wrong_wire_type_is_refused()
    {
        int refused = 0;
        for (int number = 1; number <= 40; number++)
        {
            for (int type = 0; type < 8; type++)
            {
                byte[] tag = number < 16 ? [(byte)((number << 3) | type)] : [(byte)((number << 3) | type | 0x80), (byte)(number >> 4)];
                byte[] body = [.. tag, 0, 0, 0, 0, 0, 0, 0, 0];
                refused += IsRefused(Proto.Plain.For<Everything>(), type == 2 ? body[..(tag.Length + 1)] : body[..(tag.Length + (type == 5 ? 4 : type == 1 ? 8 : 1))]) ? 1 : 0;
            }
        }

        // Of eight wire types one is right, two for lists of numbers.
        Assert.InRange(refused, 250, 285);
    }

    [Fact]
    public void Numbers_take_no_more_than_eight_octets_for_each_of_the_body()
    {
        byte[] packed = new byte[1_000_000];
        AtMost<long[]>([0x0a, .. Length(packed.Length), .. packed], 2 * 8);
        AtMost<List<ulong>>([0x0a, .. Length(packed.Length), .. packed], 8);
        AtMost<List<bool>>([0x0a, .. Length(packed.Length), .. packed], 8);
        AtMost<double[]>([0x0a, .. Length(packed.Length), .. packed], 8);
        AtMost<List<long>>([.. Enumerable.Repeat(new byte[] { 8, 1 }, 500_000).SelectMany(static b => b)], 16);
        AtMost<string>([0x0a, .. Length(packed.Length), .. packed], 8);
    }

    [Fact]
    public void A_length_that_is_not_there_allocates_nothing()
    {
        foreach (string hex in new[] { "0affffffff07", "0a80808080" + "01", "0aff" + "ffffffffffffff01" })
        {
            byte[] body = Proto.Bytes(hex);
            Refuse<byte[]>(body);
            Refuse<List<long>>(body);
            Refuse<string>(body);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Refuse<byte[]>(body);
            Refuse<List<long>>(body);
            Refuse<string>(body);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }

        static void Refuse<T>(byte[] body) => Assert.True(IsRefused(Proto.Plain.For<T>(), body));
    }

    private static byte[] Length(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];

    private static void AtMost<T>(byte[] body, int factor)
    {
        ICodec<T> codec = Proto.Plain.For<T>();
        codec.Read(new ReadOnlySequence<byte>(body));
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            codec.Read(new ReadOnlySequence<byte>(body));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // The least of three: a collection may have emptied the pools before one of them.
        Assert.InRange(least, 1, (body.Length * (long)factor) + 4096);
    }

    private static bool IsRefused<T>(ICodec<T> codec, ReadOnlyMemory<byte> body)
    {
        try
        {
            codec.Read(new ReadOnlySequence<byte>(body));
            return false;
        }
        catch (EncodingException)
        {
            return true;
        }
    }
}
