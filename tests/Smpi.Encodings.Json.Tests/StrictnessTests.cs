using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smpi.Encodings.Json.Tests;

public sealed class StrictnessTests
{
    [Theory]
    [InlineData("{\"x\":1,\"y\":2} x")]
    [InlineData("{\"x\":1,\"y\":2}{}")]
    [InlineData("{\"x\":1,\"y\":2}]")]
    [InlineData("{\"x\":1,\"y\":2,}")]
    [InlineData("{\"x\":1,/* no */\"y\":2}")]
    [InlineData("{\"x\":1,\"y\":2} // no")]
    [InlineData("{\"x\":\"1\",\"y\":2}")]
    [InlineData("{\"x\":NaN,\"y\":2}")]
    [InlineData("{\"x\":1e999999,\"y\":2}")]
    [InlineData("{\"x\":1.5,\"y\":2}")]
    [InlineData("{\"x\":null,\"y\":2}")]
    [InlineData("{\"x\":1,\"x\":2,\"y\":2}")]
    [InlineData("{'x':1}")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\uFEFF{}")]
    public void What_is_not_exactly_json_of_the_type_is_refused(string body)
    {
        var error = Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Point>(body));
        Assert.Equal(ErrorCode.BadBody, error.Code);
        Assert.Contains("Point", error.Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => Coding.Generated.Parse<Point>(body));
    }

    [Theory]
    [InlineData("1e999999")]
    [InlineData("-1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void A_number_that_is_not_finite_is_refused(string number)
    {
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<double>(number));
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<float?>(number));
        Assert.Throws<EncodingException>(() => Coding.Generated.Parse<double[]>($"[{number}]"));
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Dictionary<double, int>>($"{{\"{number.Trim('"')}\":1}}"));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_not_written()
    {
        Assert.Throws<EncodingException>(() => Coding.Reflected.Bytes(double.NaN));
        Assert.Throws<EncodingException>(() => Coding.Generated.Bytes(new[] { 1, double.PositiveInfinity }));
    }

    [Fact]
    public void Duplicates_are_refused_in_everything_that_has_members()
    {
        const string Twice = "{\"a\":1,\"a\":2}";
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<JsonElement>(Twice));
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<JsonNode>(Twice));
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<object>(Twice));
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Dictionary<string, int>>(Twice));
    }

    [Fact]
    public void The_message_names_the_type_and_the_path_once()
    {
        var error = Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Box<List<Point>>>("{\"value\":[{\"x\":1},{\"x\":true}]}"));
        Assert.Contains("Box<List<Point>> at '$.value[1].x'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Path:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_that_are_not_utf8_are_refused_even_where_nobody_looks()
    {
        foreach (byte[] wrong in new byte[][] { [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8] })
        {
            byte[] skipped = [.. "{\"x\":1,\"q\":\""u8, .. wrong, .. "\"}"u8];
            foreach (int size in new[] { 1, 2, 3, skipped.Length })
            {
                Assert.Throws<EncodingException>(() => Coding.Reflected.For<Point>().Read(Coding.Pieces(skipped, size)));
                Assert.Throws<EncodingException>(() => Coding.Reflected.For<JsonElement>().Read(Coding.Pieces(skipped, size)));
            }
        }
    }

    [Fact]
    public void Characters_may_lie_across_pieces()
    {
        byte[] body = Encoding.UTF8.GetBytes("\"aé世😀é\"");
        for (int size = 1; size <= body.Length; size++) Assert.Equal("aé世😀é", Coding.Reflected.For<string>().Read(Coding.Pieces(body, size)));
    }

    [Fact]
    public void Depth_is_limited_when_reading_and_has_its_own_code()
    {
        Assert.Equal(JsonValueKind.Array, Coding.Reflected.Parse<JsonElement>(new string('[', 64) + new string(']', 64)).ValueKind);
        var error = Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<JsonElement>(new string('[', 65) + new string(']', 65)));
        Assert.Equal(ErrorCode.TooDeep, error.Code);
        string chain = string.Concat(Enumerable.Repeat("{\"next\":", 65)) + "null" + new string('}', 65);
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Coding.Generated.Parse<Chain>(chain)).Code);
    }

    [Fact]
    public void Depth_is_limited_when_writing_and_has_its_own_code()
    {
        Chain? chain = null;
        for (int depth = 0; depth < 70; depth++) chain = new Chain { Next = chain };
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Coding.Reflected.Bytes(chain)).Code);
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Coding.Generated.Bytes(chain)).Code);
        using JsonDocument deep = JsonDocument.Parse(new string('[', 70) + new string(']', 70), new JsonDocumentOptions { MaxDepth = 100 });
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Coding.Reflected.Bytes(deep.RootElement)).Code);
    }

    [Fact]
    public void The_depth_can_be_chosen()
    {
        var shallow = new JsonEncoding(new JsonEncodingOptions { Depth = 2 });
        Assert.Equal("[[]]", shallow.Text(shallow.Parse<JsonElement>("[[]]")));
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => shallow.Parse<JsonElement>("[[[]]]")).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonEncoding(new JsonEncodingOptions { Depth = 0 }));
    }

    [Fact]
    public void What_a_value_throws_becomes_an_encoding_exception()
    {
        var error = Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Throwing>("{\"value\":1}"));
        Assert.IsType<KeyNotFoundException>(error.InnerException);
        Assert.Throws<EncodingException>(() => Coding.Reflected.Bytes(new Throwing()));
        Assert.Equal("{\"x\":1,\"y\":2}", Coding.Reflected.Text(new Point(1, 2)));
    }

    [Fact]
    public void What_the_output_throws_is_left_alone() =>
        Assert.Throws<MessageTooLargeException>(() => Coding.Reflected.For<Point>().Write(new Full(), new Point(1, 2)));

    [Fact]
    public void A_type_that_no_context_knows_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<EncodingException>(() => Coding.Generated.For<Box<List<int?>>>());
        Assert.Contains("[JsonSerializable(typeof(Box<List<Int32?>>))]", error.Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => Coding.Generated.For(typeof(Settings)));
    }

    [Fact]
    public void A_type_that_json_cannot_carry_is_refused() =>
        Assert.Throws<EncodingException>(() => Coding.Reflected.For(typeof(Span<byte>)));

    private sealed class Full : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new MessageTooLargeException(2, 1);

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
