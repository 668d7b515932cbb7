namespace Smpi.Records.Tests;

/// <summary>What cannot be carried is refused, named, on the side that sees it.</summary>
public abstract class RefusalSuite : CrossSuite
{
    private const int Deeper = 400;

    /// <summary>Values that cannot be written, and what the failure names.</summary>
    internal static IReadOnlyList<(Poor Value, string[] Names)> Poor { get; } =
    [
        (new Poor("\uD800", null, null, null), [nameof(Poor), "text", "surrogate"]),
        (new Poor("\uDC00 after", null, null, null), [nameof(Poor), "text", "surrogate"]),
        (new Poor("", new Drawing("d", new Square(1), null, [new Square(2), new Unlisted(3)]), null, null), [nameof(Poor), "drawing", "all", "1", nameof(Unlisted)]),
        (new Poor("", new Drawing("d", new Group([new Group([new Unlisted(3)], null)], null), null, []), null, null), [nameof(Poor), "drawing", "main", "parts", nameof(Unlisted)]),
        (new Poor("", null, [new("k\uDBFF", 1)], null), [nameof(Poor), "inners", "0", "name"]),
        (new Poor("", null, null, new Broken(-1)), [nameof(Poor), "broken", "text", "not there yet"]),
    ];

    [Fact]
    public void A_value_that_cannot_be_written_is_refused_with_its_type_and_path()
    {
        foreach ((Poor value, string[] names) in Poor)
        {
            EncodingException error = Assert.Throws<EncodingException>(() => Encoding.Encode(value));
            Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(ErrorCode.BadBody, error.Code);
            ComesBack(new Poor("later", null, null, new Broken(1)));
        }
    }

    [Fact]
    public void A_value_that_a_constructor_refuses_fails_typed_and_named()
    {
        ComesBack(new Picky(9));
        AssertNames(Assert.Throws<EncodingException>(() => Encoding.Decode<Picky>(Encoding.Encode(new Loose(10)))), nameof(Picky));
    }

    [Fact]
    public void Depth_is_limited_when_a_value_is_written()
    {
        ComesBack(ChainOf(60));
        foreach (int length in new[] { 66, 70, 1000, 20_000 })
        {
            EncodingException error = Assert.Throws<EncodingException>(() => Encoding.Encode(ChainOf(length)));
            Assert.Equal(ErrorCode.TooDeep, error.Code);
            AssertNames(error, nameof(Chain));
        }
    }

    [Fact]
    public void Depth_is_limited_when_a_value_is_read()
    {
        IEncoding deep = WithDepth(Deeper);
        Same(ChainOf(300), deep.Back(ChainOf(300)));
        foreach (int length in new[] { 66, 70, 300 })
        {
            byte[] body = deep.Encode(ChainOf(length));
            Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Encoding.Decode<Chain>(body)).Code);
            Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Encoding.Decode<Skipping>(deep.Encode(new Carrying(1, ChainOf(length))))).Code);
        }
    }

    [Fact]
    public void Depth_counts_collections_too()
    {
        ComesBack(TreeOf(25));
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Encoding.Encode(TreeOf(130))).Code);
        byte[] body = WithDepth(Deeper).Encode(TreeOf(130));
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Encoding.Decode<Tree>(body)).Code);
    }

    [Fact]
    public void A_limit_of_depth_can_be_lowered()
    {
        IEncoding shallow = WithDepth(8);
        Same(ChainOf(6), shallow.Back(ChainOf(6)));
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => shallow.Encode(ChainOf(12))).Code);
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => shallow.Decode<Chain>(Encoding.Encode(ChainOf(12)))).Code);
    }

    [Fact]
    public void A_value_that_contains_itself_is_refused()
    {
        var ring = new Ring { Number = 1 };
        ring.Next.Add(new Ring { Number = 2, Next = [ring] });
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Encoding.Encode(ring)).Code);
    }

    private static Chain ChainOf(int length)
    {
        Chain? chain = null;
        for (int i = 0; i < length; i++) chain = new Chain(i, chain);
        return chain!;
    }

    private static Tree TreeOf(int height) => Enumerable.Range(0, height).Aggregate(new Tree("leaf", []), (inner, i) => new Tree($"{i}", [inner]));
}
