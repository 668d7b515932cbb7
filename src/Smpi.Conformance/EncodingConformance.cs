using System.Buffers;

namespace Smpi.Conformance;

/// <summary>What holds for every encoding: the same plain records go through all of them.</summary>
public abstract class EncodingConformance : HostileBodyConformance
{
    private static readonly Scalars Largest = new(
        true, byte.MaxValue, short.MaxValue, int.MaxValue, long.MaxValue, uint.MaxValue, ulong.MaxValue, float.MaxValue, double.MaxValue, "Zürich 🚲 \u0000 \"\\", Colour.Green, Big.Large);

    private static readonly Nested Family = new(new Inner("a", 1), new Inner("b", -2), [new Inner("", 0), new Inner("c", int.MinValue)]);

    [Fact]
    public void An_encoding_says_what_it_is()
    {
        IEncoding encoding = CreateEncoding();
        Assert.Matches("^[a-z0-9-]+$", encoding.Name);
        Assert.Matches("^[a-z]+/[a-z0-9.+-]+$", encoding.ContentType);
    }

    [Fact]
    public void Scalars_come_back_at_their_limits()
    {
        Same(Largest);
        Same(new Scalars(false, 0, short.MinValue, int.MinValue, long.MinValue, 0, 0, float.Epsilon, double.MinValue, "", Colour.None, 0));
        Same(Largest with { Float = 0.1f, Double = 0.1, Text = new string('ä', 70_000) });
    }

    [Fact]
    public void Exact_values_keep_every_digit_and_offset()
    {
        Guid guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        foreach (decimal number in new[] { 0m, 1.10m, -0.0000000000000000000000000001m, decimal.MaxValue, decimal.MinValue })
        {
            var exact = new Exact(
                guid, number, new DateTimeOffset(2026, 2, 28, 23, 59, 58, TimeSpan.FromMinutes(-210)).AddTicks(1234567), TimeSpan.FromTicks(-1), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), [1, 0, 255]);
            Exact back = Back(exact);
            Assert.Equal(exact with { Octets = back.Octets }, back);
            Assert.Equal(exact.Octets, back.Octets);
            Assert.Equal(exact.Moment.Offset, back.Moment.Offset);
            Assert.Equal(DateTimeKind.Utc, back.Utc.Kind);
        }

        foreach (TimeSpan span in new[] { TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.FromDays(1.5) })
        {
            Assert.Equal(span, Back(new Exact(Guid.Empty, 0, DateTimeOffset.UnixEpoch, span, DateTime.UnixEpoch, [])).Span);
        }
    }

    [Fact]
    public void Nullable_members_come_back_as_null_or_as_their_value()
    {
        Same(new Maybe(null, null, null, null, null, null, null));
        Same(new Maybe(0, "", Guid.Empty, DateTimeOffset.UnixEpoch, Colour.None, new Inner("", 0), 0m));
        Same(new Maybe(5, "text", Guid.NewGuid(), new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)), Colour.Red, new Inner("x", 1), 1.5m));
    }

    [Fact]
    public void Records_nest()
    {
        AssertEqual(Family, Back(Family));
        Tree tree = Enumerable.Range(0, 20).Aggregate(new Tree(-1, []), (inner, value) => new Tree(value, [inner]));
        Tree? back = Back(tree);
        for (int value = 19; value >= 0; value--)
        {
            Assert.Equal(value, back.Value);
            back = Assert.Single(back.Branches);
        }
    }

    [Fact]
    public void Collections_keep_their_items_and_order()
    {
        var value = new Collections([3, -1, 2], ["b", "", "a"], [long.MaxValue, 0], [Colour.Green, Colour.None], [Guid.NewGuid(), Guid.Empty], [0.5, -0.25]);
        Collections back = Back(value);
        Assert.Equal(value.Array, back.Array);
        Assert.Equal(value.List, back.List);
        Assert.Equal(value.ReadOnly, back.ReadOnly);
        Assert.Equal(value.Enums, back.Enums);
        Assert.Equal(value.Guids, back.Guids);
        Assert.Equal(value.Doubles, back.Doubles);
        Assert.Equal(Enumerable.Range(0, 10_000), Back(value with { Array = [.. Enumerable.Range(0, 10_000)] }).Array);
    }

    [Fact]
    public void Dictionaries_keep_their_keys_and_values()
    {
        var value = new Maps(new() { ["one"] = 1, [""] = 0, ["ä"] = -3 }, new() { ["x"] = new Inner("y", 5) }, new Dictionary<string, string> { ["Key"] = "Value", ["key"] = "" });
        Maps back = Back(value);
        Assert.Equal(value.Numbers, back.Numbers);
        Assert.Equal(value.Records, back.Records);
        Assert.Equal(value.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal), back.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Init_members_and_positional_members_come_back()
    {
        var value = new Init { Number = 4, Text = "four", Inner = new Inner("i", 4), Numbers = [1, 2] };
        Init back = Back(value);
        Assert.Equal(value with { Numbers = back.Numbers }, back);
        Assert.Equal(value.Numbers, back.Numbers);
        Same(new Mixed(1) { Initialised = "two" });
    }

    [Fact]
    public void Members_that_are_not_known_are_skipped()
    {
        IEncoding encoding = CreateEncoding();
        var newer = new Newer(6, "later", [new Inner("z", 1)], new Inner("n", 2));
        Assert.Equal(new Older(6), encoding.For<Older>().Read(new ReadOnlySequence<byte>(Encode(encoding, newer))));
    }

    [Fact]
    public void A_codec_by_type_and_one_by_type_argument_agree()
    {
        IEncoding encoding = CreateEncoding();
        var output = new ArrayBufferWriter<byte>();
        encoding.For(typeof(Inner)).WriteObject(output, new Inner("same", 1));
        Assert.Equal(Encode(encoding, new Inner("same", 1)), output.WrittenSpan.ToArray());
        Assert.Equal(new Inner("same", 1), encoding.For(typeof(Inner)).ReadObject(new ReadOnlySequence<byte>(output.WrittenMemory)));
    }

    [Fact]
    public void A_body_may_come_in_pieces_of_any_size()
    {
        IEncoding encoding = CreateEncoding();
        byte[] octets = Encode(encoding, Largest);
        for (int size = 1; size < octets.Length; size += 1 + (size / 4)) Assert.Equal(Largest, encoding.For<Scalars>().Read(Segments.Of(octets, size)));
    }

    [Fact]
    public void A_truncated_body_fails_typed_or_is_a_whole_value()
    {
        IEncoding encoding = CreateEncoding();
        byte[] octets = Encode(encoding, Family);
        for (int length = 0; length < octets.Length; length++) ReadsOrFails<Nested>(encoding, octets.AsMemory(0, length));
    }

    [Fact]
    public void A_mutated_body_fails_typed_or_is_some_value()
    {
        IEncoding encoding = CreateEncoding();
        byte[][] bodies = [Encode(encoding, Family), Encode(encoding, Largest), Encode(encoding, new Maps(new() { ["one"] = 1 }, [], new Dictionary<string, string>()))];
        var random = new Random(12345);
        for (int turn = 0; turn < 6000; turn++)
        {
            byte[] octets = Mutation.Of(bodies[turn % 3], random);
            if (turn % 3 == 0) ReadsOrFails<Nested>(encoding, octets);
            else if (turn % 3 == 1) ReadsOrFails<Scalars>(encoding, octets);
            else ReadsOrFails<Maps>(encoding, octets);
        }
    }

    [Fact]
    public void Octets_of_no_meaning_fail_typed()
    {
        IEncoding encoding = CreateEncoding();
        var random = new Random(54321);
        for (int length = 0; length < 200; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);
            ReadsOrFails<Collections>(encoding, octets);
        }
    }

    [Fact]
    public async Task A_codec_serves_many_threads()
    {
        IEncoding encoding = CreateEncoding();
        ICodec<Inner> codec = encoding.For<Inner>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int turn = 0; turn < 500; turn++)
            {
                var value = new Inner($"{thread}", turn);
                var output = new ArrayBufferWriter<byte>();
                codec.Write(output, value);
                Assert.Equal(value, codec.Read(new ReadOnlySequence<byte>(output.WrittenMemory)));
            }
        }))).Soon();
    }

    private static void ReadsOrFails<T>(IEncoding encoding, ReadOnlyMemory<byte> octets)
    {
        Exception? error = Record.Exception(() => { encoding.For<T>().Read(new ReadOnlySequence<byte>(octets)); });
        Assert.True(error is null or EncodingException, $"{Convert.ToHexString(octets.Span)} made {error}.");
    }

    private static void AssertEqual(Nested expected, Nested actual)
    {
        Assert.Equal(expected with { More = actual.More }, actual);
        Assert.Equal(expected.More, actual.More);
    }

    private void Same<T>(T value) => Assert.Equal(value, Back(value));

    private T Back<T>(T value)
    {
        IEncoding encoding = CreateEncoding();
        return encoding.For<T>().Read(new ReadOnlySequence<byte>(Encode(encoding, value)));
    }
}
