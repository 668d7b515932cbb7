using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

/// <summary>What the straight way does not take is taken, or refused, by the serializer.</summary>
public sealed class FallbackTests
{
    private static readonly Two<Row> Rows = Two<Row>.Reflected;

    [Theory]
    [InlineData("{\"name\":\"a\",\"id\":1,\"value\":2}")]
    [InlineData("{\"id\":1,\"name\":\"\\u0061\",\"value\":2}")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2,\"more\":[{}]}")]
    [InlineData("{\"more\":{\"a\":1},\"id\":1,\"name\":\"a\",\"value\":2}")]
    [InlineData(" { \"id\" : 1 , \"name\" : \"a\" ,\r\n\t\"value\" : 2 } \n")]
    [InlineData("{\"\\u0069d\":1,\"name\":\"a\",\"value\":2}")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":20e-1}")]
    public void Another_form_of_a_body_is_read(string body) => Assert.Equal(new Row(1, "a", 2), Rows.Read(body).Value);

    [Theory]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2}", true)]
    [InlineData(" { \"id\" : 1 , \"name\" : \"a\" ,\r\n\t\"value\" : 2 } \n", true)]
    [InlineData("{\"id\":1,\"name\":\"\\u0061\",\"value\":2e0}", true)]
    [InlineData("{\"name\":\"a\",\"id\":1,\"value\":2}", false)]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2,\"id\":1}", false)]
    [InlineData("{\"id\":1,\"name\":\"a\"}", false)]
    [InlineData("{\"id\":-0,\"name\":\"a\",\"value\":2}", false)]
    public void Members_in_their_order_go_straight(string body, bool isTaken) => Assert.Equal(isTaken, Two<Row>.Takes(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{\"name\":\"a\"}")]
    [InlineData("{\"value\":0,\"name\":\"a\"}")]
    public void Members_that_are_missing_have_their_defaults(string body) => Assert.Equal(new Row(0, "a", 0), Rows.Read(body).Value);

    [Theory]
    [InlineData("{}", "'name'")]
    [InlineData("{\"id\":0,\"value\":0}", "'name'")]
    [InlineData("{\"id\":0,\"name\":null,\"value\":0}", "$.name")]
    [InlineData("null", "NullBodies.Allow<Row>()")]
    public void Members_and_bodies_without_null_are_refused(string body, string part) =>
        Assert.Contains(part, Rows.Read(body).Said, StringComparison.Ordinal);

    [Fact]
    public void Initializers_are_those_of_the_serializer()
    {
        Assert.Equal("set", Two<Members>.Reflected.Read("{\"given\":1,\"required\":\"r\"}").Value!.Set);
        Assert.False(Two<Members>.Reflected.Read("{\"given\":1}").IsRead);
        Assert.Equal(new Settings { Name = "n" }, Two<Settings>.Reflected.Read("{\"name\":\"n\",\"count\":null,\"origin\":null}").Value);
    }

    [Theory]
    [InlineData("{\"id\":1,\"id\":1,\"name\":\"a\",\"value\":2}", "uplicate")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2,\"id\":1}", "uplicate")]
    [InlineData("{\"id\":null,\"name\":\"a\",\"value\":2}", "$.id")]
    [InlineData("{\"id\":2147483648,\"name\":\"a\",\"value\":2}", "$.id")]
    [InlineData("{\"id\":01,\"name\":\"a\",\"value\":2}", "leading zero")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":1e400}", "too large")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2,}", "trailing comma")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2}x", "after a single JSON value")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2}{}", "after a single JSON value")]
    [InlineData("{\"id\":1,/**/\"name\":\"a\",\"value\":2}", "'/'")]
    [InlineData("{\"id\":1,\"name\":\"\\ud800\",\"value\":2}", "$.name")]
    [InlineData("{\"id\":1,\"name\":\"a\",\"value\":2", "$")]
    [InlineData("", "$")]
    public void A_wrong_body_is_refused_with_the_sentence_of_the_serializer(string body, string part)
    {
        (bool isRead, string said, _) = Rows.Read(body);
        Assert.False(isRead);
        Assert.Contains(part, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_that_are_not_text_are_refused_wherever_they_stand()
    {
        byte[] body = Encoding.UTF8.GetBytes("{\"id\":1,\"name\":\"Grüße\",\"value\":2}");
        Assert.Equal("Grüße", Rows.Read(body).Value!.Name);
        foreach (byte[] wrong in new byte[][] { [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80] })
        {
            for (int at = 0; at <= body.Length; at++) Assert.False(Rows.Read([.. body[..at], .. wrong, .. body[at..]]).IsRead);
        }
    }

    [Fact]
    public void A_body_in_pieces_is_read()
    {
        byte[] body = "{\"id\":1,\"name\":\"a\",\"value\":2}"u8.ToArray();
        for (int size = 1; size <= body.Length; size++) Assert.Equal(new Row(1, "a", 2), Rows.Straight.Read(Coding.Pieces(body, size)));
    }

    [Fact]
    public void Null_is_a_body_of_a_class_and_none_of_a_struct()
    {
        Assert.Null(Rows.Read(" null ").Value);
        Assert.Equal("null", Rows.Write(null!));
        Assert.False(Two<Spot>.Reflected.Read("null").IsRead);
        Assert.False(Two<Nest>.Reflected.Read("{\"depth\":1,\"inner\":null,\"row\":null,\"spot\":null,\"maybe\":null}").IsRead);
    }

    [Fact]
    public void Depth_is_limited_where_the_serializer_limits_it()
    {
        foreach (int limit in new[] { 1, 2, 5 })
        {
            Two<Chain> two = new(new JsonEncodingOptions { Depth = limit });
            Chain chain = new();
            for (int depth = 1; depth < limit; depth++) chain = new Chain { Next = chain };
            string body = two.Write(chain);
            Assert.StartsWith("{\"next\":", body, StringComparison.Ordinal);
            Assert.True(two.Read(body).IsRead);
            Assert.Contains("JsonEncodingOptions.Depth", two.Write(new Chain { Next = chain }), StringComparison.Ordinal);
            Assert.False(two.Read($"{{\"next\":{body}}}").IsRead);
        }
    }

    [Fact]
    public void Lists_count_as_depth()
    {
        List<Row> rows = [new Row(1, "a", 2)];
        string body = Two<List<Row>>.Reflected.Write(rows);
        for (int depth = 1; depth < 5; depth++)
        {
            foreach (JsonSerializerContext[] contexts in new JsonSerializerContext[][] { [], [WebContext.Default] })
            {
                Two<List<Row>> two = new(new JsonEncodingOptions { Depth = depth, Contexts = contexts });
                Assert.Equal(depth > 1, two.Read(body).IsRead);
                Assert.True(two.Read("[]").IsRead);
                Assert.Equal("[]", two.Write([]));
                string written = two.Write(rows);
                if (depth > 2) Assert.Equal(body, written);
            }
        }
    }

    [Fact]
    public void What_the_serializer_writes_at_the_last_level_is_written_to_its_end()
    {
        Lists lists = new([1], [new string('x', 3000)], [], null, [], [], [new Nothing()]);
        foreach (JsonSerializerContext[] contexts in new JsonSerializerContext[][] { [], [WebContext.Default], [PlainContext.Default] })
        {
            Two<Lists> two = new(new JsonEncodingOptions { Depth = 3, Contexts = contexts });
            Assert.EndsWith("\"nothings\":[{}]}", two.Write(lists), StringComparison.Ordinal);
        }

        Two<Chain> chains = new(new JsonEncodingOptions { Depth = 2 });
        Assert.Equal("{\"next\":{\"next\":null}}", chains.Write(new Chain { Next = new Chain() }));
    }

    [Fact]
    public void Collections_of_other_types_are_written_by_their_items()
    {
        var lists = new Lists([1], ["a"], new Queue<Row>([new Row(1, "a", 2), new Row(2, "b", 3)]).ToArray().AsReadOnly(), Enumerable.Range(0, 3).Select(static i => i / 2.0), [], [], []);
        Assert.Contains("\"values\":[0,0.5,1]", Two<Lists>.Reflected.Write(lists), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_cannot_be_written_fail_with_the_path()
    {
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Contains("at '$.value'", Rows.Write(new Row(1, "a", value)), StringComparison.Ordinal);
        Assert.Contains("lone surrogate", Rows.Write(new Row(1, "a\ud800", 1)), StringComparison.Ordinal);
        Assert.Contains("at '$.name'", Rows.Write(new Row(1, new string('x', 100_000) + "\ud800", 1)), StringComparison.Ordinal);
        Assert.Contains("at '$[999].value'", Two<List<Row>>.Reflected.Write([.. Enumerable.Repeat(new Row(1, "sixteen letters!", 1), 999), new Row(1, "a", double.NaN)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_after_a_part_was_handed_over_is_that_of_the_serializer()
    {
        List<Row> rows = [.. Enumerable.Repeat(new Row(1, "sixteen letters!", 1), 999), new Row(1, "a", double.NaN)];
        string said = Assert.Throws<EncodingException>(() => Two<List<Row>>.Reflected.Straight.Write(new TightOutput(1), rows)).Message;
        Assert.Contains("at '$[999].value'", said, StringComparison.Ordinal);
        Moody.Left = 0;
        Assert.Contains("No mood left.", Assert.Throws<EncodingException>(() => Two<Moody>.Reflected.Straight.Write(new TightOutput(1), new Moody(new string('x', 1000)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_throws_is_told_as_the_serializer_tells_it()
    {
        Assert.Equal(new Picky(3), Two<Picky>.Reflected.Read("{\"value\":3}").Value);
        (bool isRead, string said, _) = Two<Picky>.Reflected.Read("{\"value\":-3}");
        Assert.False(isRead);
        Assert.Contains("value", said, StringComparison.Ordinal);
        Assert.False(Two<Throwing>.Reflected.Read("{\"value\":1}").IsRead);
        Assert.Contains("Throwing", Two<Throwing>.Reflected.Write(new Throwing()), StringComparison.Ordinal);
        Assert.False(Two<Unmapped>.Reflected.Read("{\"id\":1,\"more\":2}").IsRead);
    }

    [Fact]
    public void What_the_output_throws_is_left_alone() =>
        Assert.Throws<MessageTooLargeException>(() => Rows.Straight.Write(new Full(), new Row(1, "a", 2)));

    private sealed class Full : IBufferWriter<byte>
    {
        public void Advance(int count) => throw new MessageTooLargeException(2, 1);

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[sizeHint];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
