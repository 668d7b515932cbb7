using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smpi.Encodings.Json.Tests;

public sealed class RoundTripTests
{
    private static readonly Everything Sample = new(
        "Grüße, 世界 😀 <&>\n", long.MaxValue, -0.1, 79228162514264337593543950335m, true, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.FromHours(2)), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), TimeSpan.FromMilliseconds(1234567),
        Colour.Blue, Size.Large, [1, 2, 255], new byte[] { 9, 8 }, [new Point(1, 2), new Point(3, 4)], new Dictionary<string, int> { ["a"] = 1, ["B c"] = 2 }, null, 1.5f);

    public static TheoryData<bool> Encodings => [true, false];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_record_of_every_kind_comes_back_whole_or_in_pieces(bool generated)
    {
        JsonEncoding encoding = generated ? Coding.Generated : Coding.Reflected;
        byte[] body = encoding.Bytes(Sample);
        foreach (int size in new[] { 1, 2, 3, 5, body.Length })
        {
            Everything back = encoding.For<Everything>().Read(Coding.Pieces(body, size));
            Assert.Equal(encoding.Text(Sample), encoding.Text(back));
            Assert.Equal(Sample.Text, back.Text);
            Assert.Equal(Sample.Money, back.Money);
            Assert.Equal(Sample.At, back.At);
            Assert.Equal(Sample.Took, back.Took);
            Assert.Equal(Sample.Bytes, back.Bytes);
            Assert.Equal(Sample.Memory.ToArray(), back.Memory.ToArray());
            Assert.Equal(Sample.Points, back.Points);
            Assert.Equal(Sample.Counts, back.Counts);
        }
    }

    [Fact]
    public void Both_kinds_of_shapes_write_the_same_octets() => Assert.Equal(Coding.Reflected.Text(Sample), Coding.Generated.Text(Sample));

    [Fact]
    public void The_forms_are_those_that_web_interfaces_use()
    {
        string text = Coding.Reflected.Text(Sample);
        Assert.Contains("\"text\":\"Grüße, 世界", text, StringComparison.Ordinal);
        Assert.Contains("\"colour\":7", text, StringComparison.Ordinal);
        Assert.Contains("\"size\":\"Large\"", text, StringComparison.Ordinal);
        Assert.Contains("\"bytes\":\"AQL/\"", text, StringComparison.Ordinal);
        Assert.Contains("\"memory\":\"CQg=\"", text, StringComparison.Ordinal);
        Assert.Contains("\"took\":\"00:20:34.5670000\"", text, StringComparison.Ordinal);
        Assert.Contains("\"at\":\"2026-11-21T06:00:00+02:00\"", text, StringComparison.Ordinal);
        Assert.Contains("\"maybe\":null", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_records_take_missing_null_and_nested_members()
    {
        Assert.Equal(new Settings(), Coding.Reflected.Parse<Settings>("{}"));
        Assert.Equal(new Settings { Name = "n" }, Coding.Reflected.Parse<Settings>("{\"name\":\"n\",\"count\":null,\"origin\":null}"));
        Assert.Equal(new Settings { Count = 3, Origin = new Point(1, 2) }, Coding.Reflected.Parse<Settings>("{\"origin\":{\"y\":2,\"x\":1},\"count\":3}"));
    }

    [Fact]
    public void Unknown_members_are_skipped() =>
        Assert.Equal(new Point(1, 2), Coding.Reflected.Parse<Point>("{\"z\":[{\"deep\":{}}],\"x\":1,\"q\":\"\\u0041\",\"y\":2}"));

    [Theory]
    [InlineData("{\"kind\":\"circle\",\"radius\":2}")]
    [InlineData("{\"radius\":2,\"kind\":\"circle\"}")]
    public void A_union_is_told_by_its_discriminator_wherever_it_stands(string body)
    {
        Assert.Equal(new Circle(2), Coding.Reflected.Parse<Shape>(body));
        Assert.Equal(new Circle(2), Coding.Generated.Parse<Shape>(body));
    }

    [Fact]
    public void A_union_writes_its_discriminator() => Assert.Equal("{\"kind\":\"square\",\"side\":1.5}", Coding.Generated.Text<Shape>(new Square(1.5)));

    [Fact]
    public void Json_itself_needs_no_context()
    {
        const string Body = "{\"a\":[1,\"two\",null,true]}";
        Assert.Equal(Body, Coding.Generated.Text(Coding.Generated.Parse<JsonElement>(Body)));
        Assert.Equal(Body, Coding.Generated.Text<JsonNode>(Coding.Generated.Parse<JsonNode>(Body)));
        Assert.Equal(Body, Coding.Generated.Text<JsonObject>(Coding.Generated.Parse<JsonObject>(Body)));
        Assert.Equal(Body, ((JsonElement)Coding.Generated.Parse<object>(Body)).GetRawText());
        Assert.Equal("\"é\"", Coding.Generated.Text("é"));
        Assert.Equal(5, Coding.Generated.Parse<int>(" 5 "));
        Assert.Null(Coding.Generated.Parse<JsonNode>("null"));
    }

    [Fact]
    public void A_member_that_says_how_its_number_is_read_is_obeyed()
    {
        const string Body = "{\"value\":\"2.5\",\"maybe\":\"0.5\",\"small\":\"1.5\"}";
        Assert.Equal(new Lenient(2.5, 0.5, 1.5f), Coding.Reflected.Parse<Lenient>(Body));
        Assert.Equal(new Lenient(2.5, 0.5, 1.5f), Coding.Generated.Parse<Lenient>(Body));
        Assert.Equal(new Lenient(2.5), Coding.Generated.Parse<Lenient>("{\"value\":2.5,\"maybe\":null}"));
    }

    [Fact]
    public void Numbers_may_be_keys()
    {
        var counts = new Dictionary<double, float> { [0.5] = 1.25f };
        Assert.Equal(counts, Coding.Reflected.Parse<Dictionary<double, float>>(Coding.Reflected.Bytes(counts)));
    }

    [Fact]
    public void A_codec_of_a_type_known_at_run_time_writes_by_that_type()
    {
        ICodec codec = Coding.Reflected.For(typeof(Shape));
        var output = new ArrayBufferWriter<byte>();
        codec.WriteObject(output, new Circle(1));
        Assert.Equal("{\"kind\":\"circle\",\"radius\":1}"u8.ToArray(), output.WrittenSpan.ToArray());
        Assert.Equal(new Circle(1), codec.ReadObject(new ReadOnlySequence<byte>(output.WrittenMemory)));
        Assert.Throws<EncodingException>(() => codec.WriteObject(output, "no shape"));
    }
}
