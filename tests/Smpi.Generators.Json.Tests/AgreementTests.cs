using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

/// <summary>Where the straight way is used, and where it is not.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Records_of_plain_members_go_straight()
    {
        Straight(new Row(1, "a", 2.5));
        Straight(new List<Row> { new(1, "a", 2.5) });
        Straight<Row[]>([new(1, "a", 2.5)]);
        Straight(Values.Numbers(new Random(1)));
        Straight(Values.Tokens(new Random(1)));
        Straight(Values.Nest(new Random(1), 3));
        Straight(Values.Lists(new Random(1)));
        Straight(Values.Members(new Random(1)));
        Straight(new Nothing());
        Straight(new Point(1, 2));
        Straight(new Picky(4));
        Straight(new Unmapped(4));
        Straight(new Chain { Next = new Chain() });
        Straight(new Colours(Colour.Blue));
    }

    [Fact]
    public void What_the_serializer_was_told_specially_is_left_to_it()
    {
        Left(new Ordered(1, 2), "{\"b\":2,\"a\":1}");
        Left(new Named(1), "{\"gr\\u00F6\\u00DFe\":1}");
        Left(new Marked(1), "{\"$id\":1}");
        Left(new Sparse(null, 1), "{\"id\":1}");
        Left(new Converted(255), "{\"id\":\"ff\"}");
        Left(new Quoted(1), "{\"id\":\"1\"}");
        Left(new Rest(1) { More = new() { ["q"] = JsonNode.Parse("2").Deserialized() } }, "{\"id\":1,\"q\":2}");
        Left(new Filled { Items = [2] }, "{\"items\":[2]}");
        Left(new Called { Id = 1 }, "{\"id\":1}");
        Left(new Foreign(1), "1");
        Left(new Hidden { Id = 1 }, "{\"id\":1,\"secret\":5}");
        Left(new Chosen(2, 1), "{\"first\":1,\"second\":2}");
        Left(new Sized(Size.Large), "{\"size\":\"Large\"}");
        Left(new Holder(new Row(1, "a", 0), null), "{\"row\":{\"id\":1,\"name\":\"a\",\"value\":0},\"quoted\":null}");
        Left<Animal>(new Dog("Rex", 3), "{\"$type\":\"dog\",\"age\":3,\"name\":\"Rex\"}");
        Left(new Owner(new Dog("Rex", 3)), "{\"pet\":{\"$type\":\"dog\",\"age\":3,\"name\":\"Rex\"}}");
        Assert.False(Two<Lenient>.Reflected.Straight.IsStraight);
        Assert.False(Two<Everything>.Reflected.Straight.IsStraight);
    }

    [Fact]
    public void Contexts_that_write_names_of_enums_are_left_to_the_serializer()
    {
        Two<Colours> two = Two<Colours>.By(NamesContext.Default);
        Assert.False(two.Straight.IsStraight);
        Assert.Equal("{\"colour\":\"Blue\"}", two.Write(new Colours(Colour.Blue)));
    }

    [Fact]
    public void A_context_without_members_is_left_to_the_serializer()
    {
        Two<Row> two = Two<Row>.By(WritingContext.Default);
        Assert.False(two.Straight.IsStraight);
        Assert.Contains("Row", two.Write(new Row(1, "a", 2)), StringComparison.Ordinal);
        Assert.False(two.Read("{\"id\":1,\"name\":\"a\",\"value\":2}").IsRead);
    }

    [Fact]
    public void Converters_and_resolvers_of_the_options_switch_it_off()
    {
        Two<Row> converted = new(new JsonEncodingOptions { Converters = [new Hex()] });
        Assert.False(converted.Straight.IsStraight);
        Assert.Equal("{\"id\":\"ff\",\"name\":\"a\",\"value\":2}", converted.Write(new Row(255, "a", 2)));
        Two<Colours> named = new(new JsonEncodingOptions { Converters = [new JsonStringEnumConverter()] });
        Assert.False(named.Straight.IsStraight);
        Assert.Equal("{\"colour\":\"Blue\"}", named.Write(new Colours(Colour.Blue)));
        IJsonTypeInfoResolver changed = new DefaultJsonTypeInfoResolver().WithAddedModifier(static info =>
        {
            if (info.Type == typeof(Row)) info.Properties[0].Get = static _ => 17;
        });
        Two<Row> modified = new(new JsonEncodingOptions { Contexts = [changed] });
        Assert.False(modified.Straight.IsStraight);
        Assert.Equal("{\"id\":17,\"name\":\"a\",\"value\":2}", modified.Write(new Row(1, "a", 2)));
        Assert.False(new Two<Row>(new JsonEncodingOptions { Contexts = [PlainContext.Default.WithAddedModifier(static _ => { })] }).Straight.IsStraight);
    }

    private static void Straight<T>(T value)
    {
        foreach (Two<T> two in new[] { Two<T>.Reflected, Two<T>.By(PlainContext.Default) })
        {
            Assert.True(two.Straight.IsStraight, typeof(T).ToString());
            string body = two.Write(value);
            Assert.True(two.Read(body).IsRead);
            Assert.True(Two<T>.Takes(Encoding.UTF8.GetBytes(body)), body);
        }
    }

    private static void Left<T>(T value, string text)
    {
        foreach (Two<T> two in new[] { Two<T>.Reflected, Two<T>.By(PlainContext.Default) })
        {
            Assert.False(two.Straight.IsStraight, typeof(T).ToString());
            Assert.Equal(text, two.Write(value));
            Assert.True(two.Read(text).IsRead);
        }
    }
}
