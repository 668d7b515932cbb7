namespace Smpi.Tests;

/// <summary>Records that grow, and members in every order and number.</summary>
public sealed class CompatibilityTests
{
    public sealed record Old(int Id, string Name);

    public sealed record New(int Id, string Name, int Count = 3, string? Note = null, Point? At = null, List<int>? Items = null, Color Color = Color.Blue);

    public sealed record Unlucky(int First, [Field(1)] int Second);

    public record Parent
    {
        public int Inherited { get; init; }
    }

    public sealed record Child(int Own) : Parent;

    public record NumberedParent
    {
        [Field(4)]
        public int Inherited { get; init; }
    }

    public sealed record NumberedChild(int Own) : NumberedParent;

    [Fact]
    public void A_member_that_was_added_is_skipped_by_old_readers_and_has_its_default_for_new_ones()
    {
        byte[] newer = Proto.Write(new New(1, "n", 7, "note", new Point(1, 2), [1, 2], Color.Red));
        Assert.Equal(new Old(1, "n"), Proto.Read<Old>(newer));
        Assert.Equal(new New(1, "n"), Proto.Read<New>(Proto.Write(new Old(1, "n"))));
        New zero = new(0, "", 0, "", new Point(0, 0), null, 0);
        Assert.Equal(zero, Proto.Back(zero));
    }

    [Fact]
    public void Fields_may_come_in_any_order_and_the_last_scalar_counts()
    {
        Assert.Equal(new Point(1, 2), Proto.ReadHex<Point>("10020801"));
        Assert.Equal(new Point(5, 2), Proto.ReadHex<Point>("0801 1002 0805"));
        Assert.Equal(new Old(0, "b"), Proto.ReadHex<Old>("120161 120162"));
    }

    [Fact]
    public void Unknown_fields_of_every_wire_type_are_skipped()
    {
        Assert.Equal(new Point(1, 2), Proto.ReadHex<Point>("1801 0801 21 0102030405060708 2a020102 350a0b0c0d 3b 0801 12020a0b 43 44 3c 1002 f8ffffff0f01"));
    }

    [Fact]
    public void Packed_and_single_numbers_are_both_read()
    {
        Assert.Equal([1, 2, 3, 4], Proto.ReadHex<int[]>("0801 0a020203 0804"));
        Assert.Equal([1.5, -1], Proto.ReadHex<double[]>("09000000000000f83f 0a08000000000000f0bf"));
        Assert.Equal([Color.Red, Color.Green], Proto.ReadHex<Color[]>("0801 0a0102"));
        Assert.Equal([true, false], Proto.ReadHex<bool[]>("0a020100"));
    }

    [Fact]
    public void A_number_of_a_field_that_was_given_is_used()
    {
        Assert.Equal("28014802180322026869", Proto.Hex(new Numbered(1, 2, 3) { Last = "hi" }));
        Assert.Contains("both have the number 1", Assert.Throws<EncodingException>(() => Proto.Write(new Unlucky(1, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_of_a_base_needs_a_number()
    {
        Assert.Contains("[Field(n)]", Assert.Throws<EncodingException>(() => Proto.Write(new Child(1))).Message, StringComparison.Ordinal);
        Assert.Equal("08012002", Proto.Hex(new NumberedChild(1) { Inherited = 2 }));
        var locked = new ProtobufEncoding(new ProtobufEncodingOptions { Lock = "Smpi.Tests.CompatibilityTests.Child.Own = 1\nSmpi.Tests.CompatibilityTests.Child.Inherited = 2 int\n" });
        Assert.Equal("08011002", Proto.Hex(new Child(1) { Inherited = 2 }, locked));
    }

    [Fact]
    public void A_lock_keeps_numbers_and_only_appends()
    {
        Assert.Equal("20012802", Proto.Hex(new Point(1, 2), Locked("Smpi.Tests.Point.X = 4 int\n# a comment\n\n")));
        Assert.Equal("20014002", Proto.Hex(new Point(1, 2), Locked("Smpi.Tests.Point.X = 4\nreserved Smpi.Tests.Point = 7, 5")));
        Assert.Equal("10010802", Proto.Hex(new Point(1, 2), Locked("Smpi.Tests.Point.X = 2\nSmpi.Tests.Point.Y = 1")));
        Assert.Contains("reserved", Assert.Throws<EncodingException>(() => Proto.Hex(new Point(1, 2), Locked("reserved Smpi.Tests.Point = 2"))).Message, StringComparison.Ordinal);
        Assert.Contains("'nonsense'", Assert.Throws<EncodingException>(() => Locked("nonsense")).Message, StringComparison.Ordinal);

        static ProtobufEncoding Locked(string text) => new(new ProtobufEncodingOptions { Lock = text });
    }

    [Fact]
    public void Times_are_those_of_Google_and_an_offset_is_one_more_field()
    {
        DateTime utc = new(2026, 11, 21, 6, 30, 0, DateTimeKind.Utc);
        string timestamp = Proto.Hex(utc);
        Assert.Equal(new DateTimeOffset(utc), Proto.ReadHex<DateTimeOffset>(timestamp));
        Assert.Equal(timestamp, Proto.Hex(new DateTimeOffset(utc)));
        Assert.Equal(utc, Proto.ReadHex<DateTime>(Proto.Hex(new DateTimeOffset(utc).ToOffset(TimeSpan.FromHours(5)))));
        Assert.Equal(DateTime.MaxValue, Proto.Back(DateTime.MaxValue));
        Assert.Equal(DateTime.MinValue, Proto.Back(DateTime.MinValue));
        Assert.Equal(TimeSpan.MinValue, Proto.Back(TimeSpan.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue, Proto.Back(DateTimeOffset.MaxValue));
    }
}
