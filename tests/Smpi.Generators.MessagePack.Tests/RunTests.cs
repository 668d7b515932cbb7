using System.Buffers;
using Smpi;

[assembly: SmpiRecord(typeof(Smpi.Tests.Run))]

namespace Smpi.Tests;

public enum Height
{
    Low = -70_000,
    None = 0,
    High = 200,
}

/// <summary>Members that generated code writes and reads together, with one between them that it does not.</summary>
public sealed record Run(int Id, string? Name, double Ratio, bool On, Guid Key, long Big, float Small, TimeSpan For, Height Height, string? Note = "none");

/// <summary>The same, and nothing is generated for it.</summary>
public sealed record RunByReflection(int Id, string? Name, double Ratio, bool On, Guid Key, long Big, float Small, TimeSpan For, Height Height, string? Note = "none");

/// <summary>Runs of plain members against the way by reflection, which writes and reads one value after the other.</summary>
public sealed class RunTests
{
    private static readonly MessagePackEncoding Generated = MessagePackEncoding.OfShapes(new MessagePackEncodingOptions());
    private static readonly MessagePackEncoding GeneratedArrays = MessagePackEncoding.OfShapes(new MessagePackEncodingOptions { AsArrays = true });

    private static readonly long[] Integers =
    [
        0, 1, -1, -32, -33, 127, 128, -128, -129, 255, 256, short.MaxValue, short.MinValue, short.MinValue - 1, ushort.MaxValue, ushort.MaxValue + 1,
        int.MaxValue, int.MinValue, (long)int.MaxValue + 1, (long)int.MinValue - 1, uint.MaxValue, (long)uint.MaxValue + 1, long.MaxValue, long.MinValue,
    ];

    private static readonly string?[] Texts =
    [
        null, "", "a", "seven...", "sixteen letters.", new('x', 31), new('x', 32), new('y', 33), "größer", "漢字", "😀", new('z', 255), new('z', 256), new('ä', 256), new('w', 257),
        new('w', 70_000), "tab\tand\u007f", "\u0080",
    ];

    [Fact]
    public void The_octets_are_those_of_reflection()
    {
        foreach (Run run in Runs())
        {
            Assert.Equal(Pack.Hex(Twin(run), Pack.Maps), Pack.Hex(run, Generated));
            Assert.Equal(Pack.Hex(Twin(run), Pack.Arrays), Pack.Hex(run, GeneratedArrays));
            Assert.Equal(run, Pack.Read<Run>(Pack.Write(run, Generated), Generated));
            Assert.Equal(run, Pack.Read<Run>(Pack.Write(run, GeneratedArrays), GeneratedArrays));
        }
    }

    [Fact]
    public void Room_that_is_given_in_small_pieces_is_enough()
    {
        var output = new Pieces();
        Run run = Runs().First() with { Name = new('n', 200), Note = new('o', 200) };
        Generated.For<Run>().Write(output, run);
        Assert.Equal(Pack.Hex(run, Generated), Convert.ToHexStringLower(output.Written));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("note")]
    public void A_text_that_is_none_is_refused_with_its_path(string path)
    {
        const string Lone = "bad \ud800 text";
        Run run = path == "name" ? Runs().First() with { Name = Lone } : Runs().First() with { Note = Lone };
        EncodingException error = Assert.Throws<EncodingException>(() => Pack.Write(run, Generated));
        Assert.Contains($"'$.{path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("lone surrogate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_that_were_changed_are_read_or_refused_as_by_reflection()
    {
        var random = new Random(20_261_122);
        byte[][] bodies = [.. Runs().Select(static run => Pack.Write(run, Generated)).Where(static body => body.Length < 600)];
        int refused = 0;
        const int Rounds = 40_000;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = [.. bodies[round % bodies.Length]];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                // The ends of ranges of first octets, and any octet.
                body[random.Next(body.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : 0xc0 + random.Next(0x20));
            }

            if (random.Next(4) == 0) body = body[..random.Next(body.Length)];
            (Run? run, string? problem) = Outcome<Run>(body, Generated);
            (RunByReflection? twin, string? same) = Outcome<RunByReflection>(body, Pack.Maps);
            Assert.Equal(same?.Replace(nameof(RunByReflection), nameof(Run), StringComparison.Ordinal), problem);
            Assert.Equal(twin, run is null ? null : Twin(run));
            refused += problem is null ? 0 : 1;
        }

        Assert.InRange(refused, Rounds / 10, Rounds - (Rounds / 10));
    }

    [Fact]
    public void Members_in_another_order_twice_unknown_or_missing_are_as_by_reflection()
    {
        // Id twice, its name in a longer form, an unknown key within the run, and the run cut after its first key.
        string[] bodies =
        [
            "82 a2 6964 01 a2 6964 02", "82 a4 6e616d65 a1 61 a2 6964 05", "83 a2 6964 01 a1 78 c0 a4 6e616d65 a1 62", "81 d9 02 6964 07", "82 a2 6964 01 a4 6e616d65", "80", "9a 01", "c0",
        ];
        foreach (byte[] body in bodies.Select(Pack.Bytes))
        {
            (Run? run, string? problem) = Outcome<Run>(body, Generated);
            (RunByReflection? twin, string? same) = Outcome<RunByReflection>(body, Pack.Maps);
            Assert.Equal(same?.Replace(nameof(RunByReflection), nameof(Run), StringComparison.Ordinal), problem);
            Assert.Equal(twin, run is null ? null : Twin(run));
        }
    }

    private static IEnumerable<Run> Runs()
    {
        var key = new Guid("0123456789abcdef0123456789abcdef");
        yield return new Run(1, "one", 0.5, true, key, 2, 1.5f, TimeSpan.FromSeconds(3), Height.High);
        for (int i = 0; i < Integers.Length; i++)
        {
            long number = Integers[i];
            string? text = Texts[i % Texts.Length], other = Texts[(i + 7) % Texts.Length];
            yield return new Run(unchecked((int)number), text, number, (i & 1) == 0, key, number, i, new TimeSpan(number), (Height)unchecked((int)number), other);
        }

        foreach (string? text in Texts) yield return new Run(7, text, double.NegativeZero, false, key, -7, float.Epsilon, TimeSpan.MinValue, Height.Low, text);
    }

    private static RunByReflection Twin(Run run) => new(run.Id, run.Name, run.Ratio, run.On, run.Key, run.Big, run.Small, run.For, run.Height, run.Note);

    private static (T? Value, string? Problem) Outcome<T>(byte[] body, MessagePackEncoding encoding)
        where T : class
    {
        try
        {
            return (Pack.Read<T>(body, encoding), null);
        }
        catch (EncodingException error)
        {
            return (null, error.Message);
        }
    }

    /// <summary>An output that gives as little room as it may.</summary>
    private sealed class Pieces : IBufferWriter<byte>
    {
        private readonly List<byte> _written = [];
        private byte[] _given = [];

        public byte[] Written => [.. _written];

        public void Advance(int count) => _written.AddRange(_given.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _given = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
