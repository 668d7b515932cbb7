using System.Buffers;

namespace Smpi.Tests;

/// <summary>Bodies cut, changed and made up: each is read or refused with an <see cref="EncodingException"/>, and nothing else happens.</summary>
public sealed class HostileTests
{
    private static readonly byte[][] Bodies =
    [
        Pack.Write(Samples.Full), Pack.Write(Samples.Full, Pack.Arrays), Pack.Write(Samples.Flat), Pack.Write<Shape>(new Group("g", [new Circle("c", 1)])),
    ];

    [Fact]
    public void Every_prefix_of_a_body_is_refused()
    {
        ICodec<Everything> maps = Pack.Maps.For<Everything>(), arrays = Pack.Arrays.For<Everything>();
        int refused = 0;
        for (int i = 0; i < Bodies[0].Length; i++) refused += IsRefused(maps, Bodies[0].AsMemory(0, i)) ? 1 : 0;
        for (int i = 0; i < Bodies[1].Length; i++) refused += IsRefused(arrays, Bodies[1].AsMemory(0, i)) ? 1 : 0;
        Assert.Equal(Bodies[0].Length + Bodies[1].Length, refused);
    }

    [Fact]
    public void A_body_in_pieces_of_one_octet_reads_as_one_in_one_piece()
    {
        Pack.Same(Samples.Full, Pack.Maps.For<Everything>().Read(Pack.Shredded(Bodies[0])));
        Assert.Throws<EncodingException>(() => Pack.Maps.For<Everything>().Read(Pack.Shredded(Bodies[0][..^1])));
    }

    [Fact]
    public void Anything_after_a_value_is_refused()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            byte[] body = [.. Bodies[0], (byte)octet];
            Assert.True(IsRefused(Pack.Maps.For<Everything>(), body));
        }
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
                0 => IsRefused(Pack.Maps.For<Everything>(), body),
                1 => IsRefused(Pack.Arrays.For<Everything>(), body),
                2 => IsRefused(Pack.Maps.For<Flat>(), body),
                _ => IsRefused(Pack.Maps.For<Shape>(), body),
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
            byte[] body = new byte[random.Next(64)];
            random.NextBytes(body);
            refused += IsRefused(Pack.Maps.For<Everything>(), body) ? 1 : 0;
            refused += IsRefused(Pack.Maps.For<List<Dictionary<string, Node>>>(), body) ? 1 : 0;
        }

        Assert.InRange(refused, 30_000, 40_000);
    }

    [Fact]
    public void Every_value_of_a_wrong_family_is_refused()
    {
        // One body of each family, for each type that takes none of it: more than 300 pairs.
        string[] families =
        [
            "c0", "c3", "05", "ff", "cf8000000000000000", "d38000000000000000", "ca3f000000", "cb3fe0000000000000", "a0", "a161", "d90161", "bf", "da0001", "c400",
            "c40101", "c5ffff", "90", "9101", "92c0c0", "dc0001", "dd00000001", "80", "81a16101", "8101", "de0001", "df00000001", "d40500", "d6ff00000000", "d6ff", "c70105", "c1",
        ];
        string[][] taken =
        [
            ["c3"], ["05"], ["05", "ff"], ["05", "cf8000000000000000"], ["05", "ff", "cf8000000000000000", "d38000000000000000", "ca3f000000", "cb3fe0000000000000"], ["c0", "a0", "a161", "d90161"],
            ["a161", "d90161"], ["d6ff00000000"], ["d6ff00000000"], [], ["c0", "c400", "c40101"], ["90", "9101"], ["80"], ["05"],
        ];
        Func<byte[], bool>[] readers =
        [
            On<bool>, On<byte>, On<int>, On<ulong>, On<double>, On<string>, On<char>, On<DateTime>, On<DateTimeOffset>, On<Guid>, On<byte[]>, On<List<int>>,
            On<Dictionary<int, int>>, On<Color>,
        ];
        int refused = 0;
        for (int i = 0; i < readers.Length; i++)
        {
            foreach (string body in families)
            {
                bool isTaken = taken[i].Contains(body);
                Assert.True(readers[i](Pack.Bytes(body)) != isTaken, $"{body} for type {i}");
                if (!isTaken) refused++;
            }
        }

        Assert.InRange(refused, 300, 1000);

        static bool On<T>(byte[] body) => IsRefused(Pack.Maps.For<T>(), body);
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
