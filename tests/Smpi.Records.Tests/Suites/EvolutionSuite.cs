namespace Smpi.Records.Tests;

/// <summary>Contracts grow: the old side and the new one understand one another.</summary>
public abstract class EvolutionSuite : RoundTripSuite
{
    private static readonly Old First = new("n", 4);

    [Fact]
    public void A_nullable_member_may_be_added_and_removed()
    {
        Becomes(First, new WithNullable("n", 4, null, null, null));
        Becomes(new WithNullable("n", 4, "note", 3, Level.Low), First);
        ForAll<WithNullable>(value => Becomes(value, new Old(value.Name, value.Count)), 50);
    }

    [Fact]
    public void A_member_with_a_default_may_be_added_and_removed()
    {
        Becomes(First, new WithDefault("n", 4));
        Becomes(First, new WithInit("n", 4));
        Becomes(new WithDefault("n", 4, 0, Level.None, "", false), First);
        Becomes(new WithInit("n", 4) { Size = 0, Note = "x" }, First);
        ForAll<WithDefault>(value => Becomes(value, new Old(value.Name, value.Count)), 50);
    }

    [Fact]
    public void A_collection_may_be_added_and_removed()
    {
        Becomes(First, new WithCollection("n", 4, null, null, null));
        ForAll<WithCollection>(value => Becomes(value, new Old(value.Name, value.Count)), 50);
    }

    [Fact]
    public void A_nested_record_may_be_added_and_removed()
    {
        Becomes(First, new WithNested("n", 4, null, null, null));
        ForAll<WithNested>(value => Becomes(value, new Old(value.Name, value.Count)), 50);
    }

    [Fact]
    public void A_member_without_a_default_has_that_of_its_type_where_it_is_absent()
    {
        Becomes(First, new WithPlain("n", 4, 0, false, Level.None, TimeSpan.Zero, Guid.Empty));
        ForAll<WithPlain>(value => Becomes(value, new Old(value.Name, value.Count)), 50);
    }

    [Fact]
    public void Parts_of_parts_may_grow()
    {
        var older = new OldHolder(First, [First, new("m", 5)], new() { ["k"] = First }, new OldPlain(3), OldKind.One, [OldKind.None, OldKind.One]);
        var newer = new NewHolder(
            new("n", 4, null, null, null), [new("n", 4), new("m", 5)], new() { ["k"] = new("n", 4, null, null, null) }, new NewPlain(3), NewKind.One, [NewKind.None, NewKind.One]);
        Becomes(older, newer);
        Becomes(
            newer with { One = new("n", 4, [1], new() { ["i"] = new("j", 1) }, [2]), Many = [new("n", 4, 1, Level.None, "x", false), new("m", 5, 2)], Part = new NewPlain(3, "blue") },
            older);
    }

    [Fact]
    public void Members_may_be_reordered_where_they_have_names()
    {
        if (IsByName)
        {
            Becomes(First, new Reordered(4, "n"));
            Becomes(new Reordered(4, "n"), First);
            Becomes(First, new Renumbered(null, 4, null, "n"));
            Becomes(new Renumbered("a", 4, 2, "n"), First);
        }
        else
        {
            // By position the text stands where a number is expected: refused, and never mistaken.
            Assert.Throws<EncodingException>(() => Encoding.Decode<Reordered>(Encoding.Encode(First)));
        }
    }

    [Fact]
    public void An_enum_s_value_that_is_not_known_is_kept()
    {
        NewHolder newer = new(new("n", 4, null, null, null), [], [], new NewPlain(3, null), NewKind.Below, [NewKind.Two, NewKind.Below]);
        OldHolder older = Encoding.Decode<OldHolder>(Encoding.Encode(newer));
        Assert.Equal((OldKind)(-3), older.Kind);
        Assert.Equal([(OldKind)2, (OldKind)(-3)], older.Kinds);
        Same(newer.Kinds, Encoding.Decode<NewHolder>(Encoding.Encode(older)).Kinds);
    }

    [Fact]
    public void A_case_that_is_not_known_fails_typed()
    {
        NewHolder newer = new(new("n", 4, null, null, null), [], [], new NewFancy("f"), NewKind.None, []);
        AssertNames(Assert.Throws<EncodingException>(() => Encoding.Decode<OldHolder>(Encoding.Encode(newer))), nameof(OldHolder));
        Assert.Throws<EncodingException>(() => Encoding.Decode<OldPart>(Encoding.Encode<NewPart>(new NewFancy("f"))));
    }

    [Fact]
    public void A_required_member_that_is_absent_fails_typed_and_named()
    {
        ComesBack(new Demanding { Name = "n", Count = 1 });
        AssertNames(Assert.Throws<EncodingException>(() => Encoding.Decode<Demanding>(Encoding.Encode(new OnlyName("n")))), nameof(Demanding), "count");
    }

    private void Becomes<TFrom, TTo>(TFrom from, TTo expected) => Same(expected, Encoding.Decode<TTo>(Encoding.Encode(from)));
}
