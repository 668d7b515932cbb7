namespace Smpi.Tests;

public sealed class RoundTripTests
{
    private static ProtobufEncoding Deep { get; } = new(new ProtobufEncodingOptions { Depth = 100 });

    [Fact]
    public void A_record_of_every_type_comes_back()
    {
        Everything read = Proto.Back(Samples.Full);
        Proto.Same(Samples.Full, read);
        Assert.Equal(Samples.Full.DateTimeOffset.Offset, read.DateTimeOffset.Offset);
        Assert.True(Samples.Full.Memory.Span.SequenceEqual(read.Memory.Span));
    }

    [Fact]
    public void A_record_of_nothing_comes_back()
    {
        Proto.Same(new Everything(), Proto.Back(new Everything()));
        Assert.Equal(new Nothing(), Proto.Back(new Nothing()));
        Assert.Equal("", Proto.Hex(new Nothing()));
        Assert.Contains("null", Assert.Throws<EncodingException>(() => Proto.Write<Node?>(null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_comes_back_through_the_codec_of_its_run_time_type()
    {
        ICodec codec = Proto.Plain.For(typeof(Everything));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        codec.WriteObject(output, Samples.Full);
        Proto.Same(Samples.Full, (Everything?)codec.ReadObject(Proto.Shredded(output.WrittenSpan.ToArray())));
        Assert.Throws<EncodingException>(() => codec.WriteObject(output, "no record"));
        Assert.Throws<EncodingException>(() => codec.WriteObject(output, null));
        Assert.Throws<EncodingException>(() => Proto.Plain.For(typeof(int)).WriteObject(output, null));
    }

    [Fact]
    public void Values_that_are_no_records_travel_as_the_field_1_of_a_message()
    {
        Assert.Equal("080a", Proto.Hex(10));
        Assert.Equal("0800", Proto.Hex(0));
        Assert.Equal(10, Proto.Back(10));
        Assert.Equal("0a00", Proto.Hex(""));
        Assert.Equal("", Proto.Back(""));
        Assert.Equal("", Proto.Hex<string?>(null));
        Assert.Null(Proto.Back<string?>(null));
        Assert.Null(Proto.Back<int?>(null));
        Assert.Equal(0, Proto.Back<int?>(0));
        Assert.Equal("0a03010203", Proto.Hex<int[]>([1, 2, 3]));
        Assert.Equal([1, 2, 3], Proto.Back<int[]>([1, 2, 3]));
        Assert.Empty(Proto.Back<List<string>>([]));
        Assert.Equal(new() { ["a"] = 1 }, Proto.Back(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal(Color.Blue, Proto.Back(Color.Blue));
    }

    [Fact]
    public void Members_that_do_not_arrive_have_their_defaults()
    {
        Assert.Equal(new WithDefaults("n"), Proto.ReadHex<WithDefaults>("0a016e"));
        Assert.Equal(new WithDefaults("n", 0, 0, 0, ""), Proto.Back(new WithDefaults("n", 0, 0, 0, "")));
        Init init = Proto.ReadHex<Init>("0a016e");
        Assert.Equal((7, 0, "secret"), (init.Count, init.Items.Count, init.Secret));
        Assert.Equal(new Point(0, 0), Proto.ReadHex<Point>(""));
        Assert.Equal("", Proto.Hex(new Point(0, 0)));
        Assert.Equal("1002", Proto.Hex(new Point(0, 2)));
    }

    [Fact]
    public void A_required_member_that_does_not_arrive_is_named()
    {
        Assert.Contains("'Name'", Proto.Refused<Init>("").Message, StringComparison.Ordinal);
        Assert.Equal("", Proto.Back(new Init { Name = "" }).Name);
    }

    [Fact]
    public void Cases_of_a_union_come_back_as_themselves()
    {
        Shape[] shapes = [new Circle("a", 0.5), new Square("b", 3), new Group("c", [new Circle("d", 1)])];
        Shape[] read = Proto.Back(shapes);
        Proto.Same(shapes, read);
        Assert.IsType<Square>(read[1]);
        Assert.Equal("0a05 0a0163 1001".Replace(" ", "", StringComparison.Ordinal).Replace("0a05", "1205", StringComparison.Ordinal), Proto.Hex<Shape>(new Square("c", 1)));
        Assert.Contains("JsonDerivedType", Assert.Throws<EncodingException>(() => Proto.Write<Shape>(new Unlisted("x"))).Message, StringComparison.Ordinal);
        Assert.Contains("'Circle' = 1", Proto.Refused<Shape>("").Message, StringComparison.Ordinal);
        Assert.Contains("'Circle' = 1", Proto.Refused<Shape>("4a00").Message, StringComparison.Ordinal);
        Assert.Equal(new Square("c", 0), Proto.ReadHex<Shape>("0a0012030a0163"));
    }

    [Fact]
    public void A_base_that_is_no_case_cannot_be_told_from_its_cases()
    {
        Assert.Equal(new Dog("d", true), Proto.Back<Animal>(new Dog("d", true)));
        Assert.Throws<EncodingException>(() => Proto.Write(new Animal("a")));
    }

    [Fact]
    public void Structs_derived_records_and_records_within_themselves_come_back()
    {
        var mutable = new Mutable { Count = 9, Name = "n" };
        Assert.Equal(mutable, Proto.Back(mutable));
        Assert.Equal(new Mutable(), Proto.ReadHex<Mutable>(""));
        Derived[] values = [new(1, [new(2, [], [])], new() { ["k"] = new(3, [], []) { Kind = "other" } })];
        Proto.Same(values, Proto.Back(values));
    }

    [Fact]
    public async Task Codecs_are_found_from_many_threads_at_once()
    {
        var encoding = new ProtobufEncoding();
        byte[] body = Proto.Write(Samples.Full);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            if (i % 2 == 0) Proto.Same(Samples.Full, Proto.Read<Everything>(body, encoding));
            else Assert.Equal(new Node("n"), Proto.Back(new Node("n"), encoding));
        }))).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Keys_of_every_kind_come_back()
    {
        Check(new Dictionary<bool, int> { [true] = 1, [false] = 2 });
        Check(new Dictionary<long, int> { [long.MinValue] = 1 });
        Check(new Dictionary<double, int> { [0.5] = 1, [-1] = 2 });
        Check(new Dictionary<decimal, int> { [1.10m] = 1 });
        Check(new Dictionary<Guid, int> { [Guid.NewGuid()] = 1 });
        Check(new Dictionary<DateTime, int> { [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)] = 1 });
        Check(new Dictionary<DateTimeOffset, int> { [new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3))] = 1 });
        Check(new Dictionary<TimeSpan, int> { [TimeSpan.FromSeconds(-1.5)] = 1 });
        Check(new Dictionary<DateOnly, int> { [new DateOnly(2026, 1, 2)] = 1 });
        Check(new Dictionary<char, int> { ['c'] = 1 });
        Check(new Dictionary<Wide, int> { [Wide.None] = 1, [Wide.Most] = 2 });

        static void Check<TKey>(Dictionary<TKey, int> value)
            where TKey : notnull => Assert.Equal(value, Proto.Back(value));
    }

    [Fact]
    public void Collections_within_collections_come_back()
    {
        List<List<int>> lists = [[1, 2], [], [3]];
        Assert.Equal(lists, Proto.Back(lists));
        Dictionary<string, List<string>> map = new() { ["a"] = ["x", ""], ["b"] = [] };
        Assert.Equal(map, Proto.Back(map));
        List<int?> gaps = [1, null, 0];
        Assert.Equal(gaps, Proto.Back(gaps));
        Dictionary<int, Dictionary<string, Point?[]>> deep = new() { [1] = new() { ["k"] = [new Point(1, 2)] } };
        Proto.Same(deep, Proto.Back(deep));
    }

    [Fact]
    public void A_null_in_a_list_is_refused_with_its_path()
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Proto.Write(new Derived(1, [new(2, [null], [])], [])));
        Assert.Contains("'$.Others[0].Others[0]'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_cannot_be_carried_are_refused_with_a_remedy()
    {
        Assert.Contains("JsonDerivedType", Assert.Throws<EncodingException>(() => Proto.Plain.For<IDisposable>()).Message, StringComparison.Ordinal);
        Assert.Contains("ProtobufShape<Object>", Assert.Throws<EncodingException>(() => Proto.Plain.For<object>()).Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => Proto.Plain.For<(int, int)>());
        Assert.Throws<EncodingException>(() => Proto.Plain.For<int[,]>());
        Assert.Throws<EncodingException>(() => Proto.Plain.For<Action>());
        Assert.Throws<EncodingException>(() => Proto.Plain.For<Dictionary<Point, int>>());
    }

    [Fact]
    public void A_value_nested_too_deep_is_not_written()
    {
        var node = new Node("n");
        for (int i = 0; i < 70; i++) node = new Node("n", [node]);
        EncodingException error = Assert.Throws<EncodingException>(() => Proto.Write(node));
        Assert.Equal(ErrorCode.TooDeep, error.Code);
        byte[] body = Proto.Write(node, Deep);
        Assert.Equal(body, Proto.Write(Proto.Read<Node>(body, Deep), Deep));
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Proto.Read<Node>(body)).Code);
    }
}
