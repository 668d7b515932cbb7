namespace Smpi.Records.Tests;

/// <summary>Random records come back; those that a generator meets too rarely do as well.</summary>
public abstract class RoundTripSuite : SuiteBase
{
    [Fact]
    public void Numbers_come_back() => ForAll<Numbers>(ComesBack);

    [Fact]
    public void Texts_times_identifiers_and_enums_come_back() => ForAll<Values>(ComesBack);

    [Fact]
    public void Characters_dates_and_links_come_back() => ForAll<Further>(ComesBack);

    [Fact]
    public void Octets_come_back() => ForAll<Octets>(ComesBack);

    [Fact]
    public void Nested_records_come_back() => ForAll<Nested>(ComesBack);

    [Fact]
    public void Nullable_members_come_back() => ForAll<Maybe>(ComesBack);

    [Fact]
    public void Collections_come_back() => ForAll<Lists>(ComesBack);

    [Fact]
    public void Nullable_collections_come_back() => ForAll<MaybeLists>(ComesBack);

    [Fact]
    public void Nested_collections_come_back() => ForAll<Deep>(ComesBack);

    [Fact]
    public void Dictionaries_come_back() => ForAll<Maps>(ComesBack);

    [Fact]
    public void Init_members_come_back() => ForAll<Init>(ComesBack);

    [Fact]
    public void Positional_and_init_members_come_back_together() => ForAll<Mixed>(ComesBack);

    [Fact]
    public void Members_with_a_default_come_back() => ForAll<WithDefaults>(ComesBack);

    [Fact]
    public void Unions_come_back() => ForAll<Drawing>(ComesBack);

    [Fact]
    public void A_union_comes_back_by_itself() => ForAll<Shape>(ComesBack);

    [Fact]
    public void Values_that_are_their_type_s_default_come_back_where_another_default_is_declared()
    {
        ComesBack(new WithDefaults("", 0, Level.None, 0m, false, "", 0, 0));
        ComesBack(new WithDefaults("", Maybe: null));
        ComesBack(new WithDefaults("n"));
        ComesBack(new Init { Name = "", Count = 0, Level = Level.None });
        ComesBack(new Init { Name = "n" });
        ComesBack(new Mixed(0));
    }

    [Fact]
    public void Null_empty_and_zero_stay_apart()
    {
        ComesBack(new Maybe(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null));
        ComesBack(new Maybe(
            false, 0, 0, 0, 0, 0, 0, 0, "", Guid.Empty, DateTime.SpecifyKind(default, DateTimeKind.Utc), default(DateTimeOffset), TimeSpan.Zero, Level.None, Wide.None, new Inner("", 0)));
        ComesBack(new Octets([], default, null));
        ComesBack(new Octets([0], new byte[] { 0 }, []));
        ComesBack(new Nothing());
    }

    [Fact]
    public void A_zero_keeps_its_sign()
    {
        ComesBack(new Maybe(null, null, null, null, null, -0f, -0d, null, null, null, null, null, null, null, null, null));
        ComesBack(new Circle(-0d, null));
    }

    [Fact]
    public void Numbers_that_are_not_finite_come_back_or_are_refused()
    {
        foreach (double number in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            var circle = new Circle(number, "c");
            if (CarriesNonFinite)
            {
                ComesBack(circle);
                ComesBack(new Maybe(null, null, null, null, null, (float)number, number, null, null, null, null, null, null, null, null, null));
            }
            else
            {
                AssertNames(Assert.Throws<EncodingException>(() => Encoding.Encode(circle)), nameof(Circle), "radius");
            }
        }
    }

    [Fact]
    public void Values_without_a_name_in_their_enum_come_back()
    {
        foreach (int number in new[] { 2, 77, 255 }) ComesBack(new WithDefaults("", Level: (Level)number));
        ComesBack(new Values("", default, DateTime.UnixEpoch, default, default, (Level)3, (Wide)long.MinValue, Rights.Read | Rights.Run | (Rights)(1 << 30)));
    }

    [Fact]
    public void Large_values_come_back()
    {
        ComesBack(new Inner(new string('ä', 100_000), 1));
        ComesBack(new Octets(new byte[300_000], new byte[70_000], null));
        ComesBack(new Lists([.. Enumerable.Range(-20_000, 40_000)], [.. Enumerable.Range(0, 5000).Select(i => $"{i}")], [1], [], [], [], [], [], [], [], [], [], [], []));
        ComesBack(Enumerable.Range(0, 3000).ToDictionary(i => $"{i}", i => new Inner($"{i}", i)) is var map ? new Deep([], [], [], [], new() { ["k"] = map.ToDictionary(p => p.Value.Value, p => p.Value) }) : null!);
    }

    [Fact]
    public void A_record_reads_the_same_in_pieces_of_any_size() => ForAll<Drawing>(
        value =>
        {
            byte[] body = Encoding.Encode(value);
            for (int size = 1; size < 9; size++) Same(value, Encoding.For<Drawing>().Read(Pieces.Of(body, size)));
        },
        30);

    [Fact]
    public void A_codec_by_type_and_one_by_type_argument_agree() => ForAll<Nested>(
        value =>
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            Encoding.For(typeof(Nested)).WriteObject(output, value);
            Assert.Equal(Encoding.Encode(value), output.WrittenSpan.ToArray());
            Same(value, (Nested)Encoding.For(typeof(Nested)).ReadObject(new(output.WrittenMemory))!);
        },
        50);
}
