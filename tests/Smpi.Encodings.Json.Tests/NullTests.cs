using System.Text;
using System.Text.Json.Serialization;

namespace Smpi.Encodings.Json.Tests;

public sealed class NullTests
{
    public static TheoryData<bool> Both => [false, true];

    [Theory]
    [MemberData(nameof(Both))]
    public void A_member_without_null_is_refused_where_it_is_null_or_missing(bool isGenerated)
    {
        JsonEncoding encoding = isGenerated ? Coding.Generated : Coding.Reflected;
        Refuses<Note>(encoding, "{\"text\":null,\"inner\":{\"x\":1,\"y\":2},\"count\":1}", "$.text", "text", "make the member nullable");
        Refuses<Note>(encoding, "{\"text\":\"t\",\"inner\":null,\"count\":1}", "$.inner", "make the member nullable");
        Refuses<Note>(encoding, "{\"text\":\"t\",\"count\":1}", "'inner'", "make them nullable");
        Refuses<NoteSet>(encoding, "{}", "'inner'", "make it nullable");
        Refuses<NoteSet>(encoding, "{\"inner\":null}", "$.inner");
        Refuses<Notes>(encoding, "{\"items\":[{\"text\":\"t\",\"inner\":{\"x\":1,\"y\":2},\"count\":1},{\"count\":2}]}", "$.items[1]",
            "'text', 'inner'");
        Assert.Equal(new Note("t", new Point(1, 2), 0), encoding.Parse<Note>("{\"text\":\"t\",\"inner\":{\"x\":1,\"y\":2}}"));
        Assert.Equal(new Point(3, 4), encoding.Parse<NoteSet>("{\"inner\":{\"x\":3,\"y\":4}}").Inner);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_member_that_may_be_missing_has_its_default(bool isGenerated)
    {
        JsonEncoding encoding = isGenerated ? Coding.Generated : Coding.Reflected;
        Assert.Equal(new Mild(null, 0), encoding.Parse<Mild>("{}"));
        Assert.Equal(new Mild("a", 1, "b"), encoding.Parse<Mild>("{\"maybe\":\"a\",\"count\":1,\"text\":\"b\"}"));
        Refuses<Mild>(encoding, "{\"maybe\":\"a\",\"count\":1,\"text\":null}", "$.text");
    }

    [Fact]
    public void A_member_that_is_ignored_is_not_missed() => Assert.Equal(1, Coding.Reflected.Parse<Ignoring>("{\"count\":1}").Count);

    [Fact]
    public void A_member_of_a_type_parameter_may_be_null() => Assert.Null(Coding.Reflected.Parse<Box<string?>>("{\"value\":null}").Value);

    [Fact]
    public void A_body_that_is_null_is_refused_where_a_record_or_a_collection_is_expected()
    {
        Refuses<Point>(Coding.Reflected, "null", "NullBodies.Allow<Point>()");
        Refuses<Point>(Coding.Generated, " null ", "NullBodies.Allow<Point>()");
        Refuses<List<Point>>(Coding.Reflected, "null", "List<Point>");
        Refuses<Shape>(Coding.Reflected, "null", "Shape");
        Assert.Null(Coding.Reflected.Parse<string?>("null"));
        Assert.Null(Coding.Reflected.Parse<int?>("null"));
    }

    private static void Refuses<T>(JsonEncoding encoding, string body, params string[] parts)
    {
        EncodingException error = Assert.Throws<EncodingException>(() => encoding.Parse<T>(body));
        Assert.Equal(ErrorCode.BadBody, error.Code);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(error.Message, Assert.Throws<EncodingException>(() =>
            encoding.For(typeof(T)).ReadObject(Coding.Pieces(Encoding.UTF8.GetBytes(body), 3))).Message);
    }

    public sealed record Note(string Text, Point Inner, int Count);

    public sealed record Notes(List<Note> Items);

    public sealed record Mild(string? Maybe, int Count, string Text = "none");

    public sealed record Ignoring([property: JsonIgnore] string Text, int Count);

    public sealed record NoteSet
    {
        public Point Inner { get; init; } = null!;
    }
}
