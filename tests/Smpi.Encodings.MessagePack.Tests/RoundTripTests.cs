using System.Text.Json;

namespace Smpi.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<bool> Forms { get; } = [false, true];

    private static MessagePackEncoding Of(bool asArrays) => asArrays ? Pack.Arrays : Pack.Maps;

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_record_of_every_type_comes_back(bool asArrays)
    {
        MessagePackEncoding encoding = Of(asArrays);
        byte[] body = Pack.Write(Samples.Full, encoding);
        Everything read = Pack.Read<Everything>(body, encoding);
        Pack.Same(Samples.Full, read);
        Assert.Equal(Samples.Full.DateTimeOffset.Offset, read.DateTimeOffset.Offset);
        Assert.True(Samples.Full.Memory.Span.SequenceEqual(read.Memory.Span));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_record_of_nothing_comes_back(bool asArrays)
    {
        MessagePackEncoding encoding = Of(asArrays);
        Pack.Same(new Everything(), Pack.Read<Everything>(Pack.Write(new Everything(), encoding), encoding));
        Assert.Equal(new Nothing(), Pack.Read<Nothing>(Pack.Write(new Nothing(), encoding), encoding));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_value_comes_back_through_the_codec_of_its_run_time_type(bool asArrays)
    {
        ICodec codec = Of(asArrays).For(typeof(Everything));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        codec.WriteObject(output, Samples.Full);
        Pack.Same(Samples.Full, (Everything?)codec.ReadObject(Pack.Shredded(output.WrittenSpan.ToArray())));
        Assert.Throws<EncodingException>(() => codec.WriteObject(output, "no record"));
        Assert.Throws<EncodingException>(() => Pack.Maps.For(typeof(int)).WriteObject(output, null));
    }

    [Fact]
    public void Members_that_do_not_arrive_have_their_defaults()
    {
        Assert.Equal(new WithDefaults("n"), Pack.ReadHex<WithDefaults>("81a46e616d65a16e"));
        Init init = Pack.ReadHex<Init>("81a46e616d65a16e");
        Assert.Equal((7, 1, "secret"), (init.Count, init.Items.Count, init.Secret));
        Assert.Equal(new Point(9, 0), Pack.ReadHex<Point>("9109"));
        Assert.Equal(new Point(0, 0), Pack.ReadHex<Point>("80"));
    }

    [Fact]
    public void A_required_member_that_does_not_arrive_is_named() =>
        Assert.Contains("'name'", Pack.Refused<Init>("80").Message, StringComparison.Ordinal);

    [Fact]
    public void Names_and_attributes_are_those_of_JSON()
    {
        var value = new Init { Name = "n", Renamed = "r" };
        Dictionary<string, JsonElement> json = JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web)
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        byte[] body = Pack.Write(value);
        var reader = new MessagePackReader(new System.Buffers.ReadOnlySequence<byte>(body));
        int count = reader.ReadMapHeader();
        List<string?> names = [];
        for (int i = 0; i < count; i++)
        {
            names.Add(reader.ReadString());
            reader.Skip();
        }

        Assert.Equal(json.Keys.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Pack.Same(value, Pack.Read<Init>(body));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Cases_of_a_union_come_back_as_themselves(bool asArrays)
    {
        MessagePackEncoding encoding = Of(asArrays);
        Shape[] shapes = [new Circle("a", 0.5), new Square("b", 3), new Group("c", [new Circle("d", 1)])];
        Shape[] read = Pack.Read<Shape[]>(Pack.Write(shapes, encoding), encoding);
        Pack.Same(shapes, read);
        Assert.IsType<Square>(read[1]);
        Assert.Contains("JsonDerivedType", Assert.Throws<EncodingException>(() => Pack.Write<Shape>(new Unlisted("x"), encoding)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_no_case_carries_no_discriminator()
    {
        Assert.Equal(new Animal("a"), Pack.Read<Animal>(Pack.Write(new Animal("a"))));
        Assert.Equal(new Dog("d", true), Pack.Read<Animal>(Pack.Write<Animal>(new Dog("d", true))));
        Assert.Throws<EncodingException>(() => Pack.Write(new Animal("a"), Pack.Arrays));
    }

    [Fact]
    public void A_discriminator_may_stand_anywhere_and_names_only_listed_cases()
    {
        Assert.Equal(new Circle("c", 1), Pack.ReadHex<Shape>("83 a26964 a163 a6726164697573 01 a52474797065 a6636972636c65"));
        Assert.Contains("'circle'", Pack.Refused<Shape>("82 a52474797065 a6537472696e67 a26964 a163").Message, StringComparison.Ordinal);
        Assert.Contains("'$type'", Pack.Refused<Shape>("81 a26964 a163").Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Structs_derived_records_and_records_within_themselves_come_back(bool asArrays)
    {
        MessagePackEncoding encoding = Of(asArrays);
        var mutable = new Mutable { Count = 9, Name = "n" };
        Assert.Equal(mutable, Pack.Read<Mutable>(Pack.Write(mutable, encoding), encoding));
        Assert.Equal(new Mutable(), Pack.ReadHex<Mutable>("80"));
        Derived[] values = [new(1, [null, new(2, [], [])], new() { ["k"] = new(3, [], []) { Kind = "other" } })];
        Pack.Same(values, Pack.Read<Derived[]>(Pack.Write(values, encoding), encoding));
    }

    [Fact]
    public async Task Codecs_are_found_from_many_threads_at_once()
    {
        var encoding = new MessagePackEncoding();
        byte[] body = Pack.Write(Samples.Full);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            if (i % 2 == 0) Pack.Same(Samples.Full, Pack.Read<Everything>(body, encoding));
            else Assert.Equal(new Node("n"), Pack.Read<Node>(Pack.Write(new Node("n"), encoding), encoding));
        }))).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Unknown_members_are_skipped_whatever_they_hold() =>
        Assert.Equal(new Point(1, 2), Pack.ReadHex<Point>("86 a178 01 a16e 82 a161 93 c0 c3 cb3ff0000000000000 05 c403010203 a165 c70305010203 a179 02 a162 d6ff00000000 07 08"));

    [Fact]
    public void Keys_of_objects_that_became_text_are_read()
    {
        Assert.Equal(new() { [7] = 1 }, Pack.ReadHex<Dictionary<int, int>>("81 a137 01"));
        Assert.Equal(new() { [Color.Blue] = 1 }, Pack.ReadHex<Dictionary<Color, int>>("81 a3323030 01"));
        Assert.Throws<EncodingException>(() => Pack.ReadHex<Dictionary<Color, int>>("81 a3526564 01"));
        Assert.Throws<EncodingException>(() => Pack.ReadHex<Dictionary<int, int>>("81 a178 01"));
    }

    [Fact]
    public void Keys_of_every_kind_come_back()
    {
        Check(new Dictionary<bool, int> { [true] = 1, [false] = 2 });
        Check(new Dictionary<long, int> { [long.MinValue] = 1 });
        Check(new Dictionary<double, int> { [0.5] = 1, [-0.0] = 2 });
        Check(new Dictionary<decimal, int> { [1.10m] = 1 });
        Check(new Dictionary<Guid, int> { [Guid.NewGuid()] = 1 });
        Check(new Dictionary<DateTime, int> { [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)] = 1 });
        Check(new Dictionary<DateTimeOffset, int> { [new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3))] = 1 });
        Check(new Dictionary<TimeSpan, int> { [TimeSpan.FromSeconds(-1.5)] = 1 });
        Check(new Dictionary<DateOnly, int> { [new DateOnly(2026, 1, 2)] = 1 });
        Check(new Dictionary<char, int> { ['c'] = 1 });
        Check(new Dictionary<Wide, int> { [Wide.None] = 1 });

        static void Check<TKey>(Dictionary<TKey, int> value)
            where TKey : notnull => Assert.Equal(value, Pack.Read<Dictionary<TKey, int>>(Pack.Write(value)));
    }

    [Fact]
    public void Types_that_cannot_be_carried_are_refused_with_a_remedy()
    {
        Assert.Contains("JsonDerivedType", Assert.Throws<EncodingException>(() => Pack.Maps.For<IDisposable>()).Message, StringComparison.Ordinal);
        Assert.Contains("MessagePackShape<Object>", Assert.Throws<EncodingException>(() => Pack.Maps.For<object>()).Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => Pack.Maps.For<(int, int)>());
        Assert.Throws<EncodingException>(() => Pack.Maps.For<int[,]>());
        Assert.Throws<EncodingException>(() => Pack.Maps.For<Action>());
        Assert.Throws<EncodingException>(() => Pack.Maps.For<Dictionary<Point, int>>());
    }

    [Fact]
    public void A_value_nested_too_deep_is_not_written()
    {
        var node = new Node("n");
        for (int i = 0; i < 40; i++) node = new Node("n", [node]);
        EncodingException error = Assert.Throws<EncodingException>(() => Pack.Write(node));
        Assert.Equal(ErrorCode.TooDeep, error.Code);
        byte[] body = Pack.Write(node, Deep);
        Assert.Equal(body, Pack.Write(Pack.Read<Node>(body, Deep), Deep));
    }

    private static MessagePackEncoding Deep { get; } = new(new MessagePackEncodingOptions { Depth = 100 });
}
