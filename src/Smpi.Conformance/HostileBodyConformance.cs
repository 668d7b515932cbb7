using System.Buffers;

namespace Smpi.Conformance;

/// <summary>
/// What every encoding does with the bodies of a careless or a hostile peer: it refuses them, typed, with the type and the path.
/// </summary>
public abstract class HostileBodyConformance
{
    private const int MostObjects = 262_144;

    /// <summary>The encoding under test.</summary>
    protected abstract IEncoding CreateEncoding();

    [Fact]
    public void A_member_that_is_null_where_its_type_has_none_is_refused()
    {
        Refuses<Strict>(new Loose("t", null, 1), "inner");
        Refuses<StrictSet>(new Loose("t", null, 1), "inner");
        Refuses<StrictLists>(new LooseLists([new Loose("t", new Inner("a", 1), 1), new Loose("t", null, 1)]), "items", "1", "inner");
        Becomes(new Loose("t", new Inner("a", 1), 2), new Strict("t", new Inner("a", 1), 2));
    }

    [Fact]
    public void A_member_that_is_missing_where_its_type_has_no_null_is_refused()
    {
        Refuses<Strict>(new Short("t"), "inner");
        Refuses<StrictSet>(new Short("t"), "inner");
        Refuses<StrictSettable>(new Short("t"), "inner");
    }

    [Fact]
    public void A_member_that_is_missing_has_its_default_where_it_has_one()
    {
        Becomes(new Short("t"), new Lenient("t", null, 0));
        Becomes(new Short("t"), new WithInitializer("t"));
    }

    [Fact]
    public void A_record_that_is_null_is_no_body()
    {
        IEncoding encoding = CreateEncoding();
        AssertNames<Inner>(Assert.Throws<EncodingException>(() => Back<Inner?>(encoding, null)));
        Assert.Throws<EncodingException>(() =>
        {
            var output = new ArrayBufferWriter<byte>();
            encoding.For(typeof(Inner)).WriteObject(output, null);
            encoding.For(typeof(Inner)).ReadObject(new ReadOnlySequence<byte>(output.WrittenMemory));
        });
    }

    [Fact]
    public void A_record_that_is_allowed_to_be_null_comes_back_as_null_where_the_encoding_has_one()
    {
        NullBodies.Allow<Allowed>();
        IEncoding encoding = CreateEncoding();
        var output = new ArrayBufferWriter<byte>();
        Exception? refusal = Record.Exception(() => { encoding.For<Allowed?>().Write(output, null); });
        if (refusal is null) Assert.Null(encoding.For<Allowed?>().Read(new ReadOnlySequence<byte>(output.WrittenMemory)));
        else Assert.IsType<EncodingException>(refusal);
    }

    [Fact]
    public void The_objects_of_a_body_are_limited()
    {
        IEncoding encoding = CreateEncoding();
        Within(encoding, Enumerable.Repeat(new Nothing(), MostObjects - 1).ToList());
        Exceeds(encoding, Enumerable.Repeat(new Nothing(), MostObjects + 1).ToList(), $"[{MostObjects - 1}]");
        Within(encoding, Enumerable.Repeat("", MostObjects - 1).ToArray());
        Exceeds(encoding, Enumerable.Repeat("", MostObjects + 1).ToArray());
        Within(encoding, Enumerable.Repeat(new List<int>(), MostObjects / 2).ToList());
        Exceeds(encoding, Enumerable.Repeat(new List<int>(), MostObjects + 1).ToList());
        Exceeds(encoding, Enumerable.Range(0, MostObjects + 1).ToDictionary(static number => $"{number}"));
        Exceeds(encoding, Enumerable.Repeat(new Inner("a", 1), (MostObjects / 2) + 1).ToArray());
        Exceeds(encoding, new Holder(Enumerable.Repeat(new Inner("a", 1), (MostObjects / 2) + 1).ToList()), "items");
    }

    [Fact]
    public void Numbers_are_no_objects()
    {
        IEncoding encoding = CreateEncoding();
        Within(encoding, Enumerable.Range(0, 2 * MostObjects).ToArray());
        Within(encoding, Enumerable.Range(0, 2 * MostObjects).Select(static number => (Colour)(number % 2)).ToList());
    }

    [Fact]
    public void Whatever_a_constructor_throws_is_an_encoding_exception()
    {
        IEncoding encoding = CreateEncoding();
        for (int kind = 1; kind < Failing.Errors.Count; kind++)
        {
            byte[] body = Encode(encoding, new OlderFailing(kind, []));
            AssertNames<FailingConstructor>(Assert.Throws<EncodingException>(() =>
                encoding.For<FailingConstructor>().Read(new ReadOnlySequence<byte>(body))));
            Assert.Throws<EncodingException>(() => encoding.For(typeof(FailingConstructor)).ReadObject(new ReadOnlySequence<byte>(body)));
            AssertNames<FailingSetter>(Assert.Throws<EncodingException>(() =>
                encoding.For<FailingSetter>().Read(new ReadOnlySequence<byte>(body))));
        }
    }

    [Fact]
    public void Whatever_a_getter_throws_is_an_encoding_exception()
    {
        IEncoding encoding = CreateEncoding();
        for (int kind = 1; kind < Failing.Errors.Count; kind++)
        {
            var value = new FailingGetter { Hidden = kind };
            AssertNames<FailingGetter>(Assert.Throws<EncodingException>(() =>
                encoding.For<FailingGetter>().Write(new ArrayBufferWriter<byte>(), value)));
            Assert.Throws<EncodingException>(() => encoding.For(typeof(FailingGetter)).WriteObject(new ArrayBufferWriter<byte>(), value));
        }
    }

    [Fact]
    public void Whatever_the_equality_of_an_item_throws_is_an_encoding_exception()
    {
        IEncoding encoding = CreateEncoding();
        for (int kind = 1; kind < Failing.Errors.Count; kind++)
        {
            byte[] body = Encode(encoding, new OlderFailing(kind, [new Older(kind)]));
            AssertNames<FailingEquality>(Assert.Throws<EncodingException>(() =>
                encoding.For<FailingEquality>().Read(new ReadOnlySequence<byte>(body))));
        }
    }

    private protected static byte[] Encode<T>(IEncoding encoding, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        encoding.For<T>().Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static T Back<T>(IEncoding encoding, T value) => encoding.For<T>().Read(new ReadOnlySequence<byte>(Encode(encoding, value)));

    private static void Within<T>(IEncoding encoding, T value)
        where T : System.Collections.ICollection => Assert.Equal(value.Count, Back(encoding, value).Count);

    private static void Exceeds<T>(IEncoding encoding, T value, params string[] parts)
    {
        byte[] body = Encode(encoding, value);
        EncodingException error = Assert.Throws<EncodingException>(() => encoding.For<T>().Read(new ReadOnlySequence<byte>(body)));
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        AssertNames<T>(error, ["objects", .. parts]);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => encoding.For<T>().Read(Segments.Of(body, 10_000))).Code);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() =>
            encoding.For(typeof(T)).ReadObject(new ReadOnlySequence<byte>(body))).Code);
    }

    private static void AssertNames<T>(EncodingException error, params string[] parts)
    {
        Assert.Contains(typeof(T).Name.Split('`')[0], error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.OrdinalIgnoreCase));
    }

    private void Refuses<T>(object sent, params string[] parts)
    {
        IEncoding encoding = CreateEncoding();
        var output = new ArrayBufferWriter<byte>();
        encoding.For(sent.GetType()).WriteObject(output, sent);
        var body = new ReadOnlySequence<byte>(output.WrittenMemory);
        AssertNames<T>(Assert.Throws<EncodingException>(() => encoding.For<T>().Read(body)), parts);
        AssertNames<T>(Assert.Throws<EncodingException>(() => encoding.For(typeof(T)).ReadObject(body)), parts);
    }

    private void Becomes<TFrom, TTo>(TFrom from, TTo expected)
    {
        IEncoding encoding = CreateEncoding();
        Assert.Equal(expected, encoding.For<TTo>().Read(new ReadOnlySequence<byte>(Encode(encoding, from))));
    }
}
