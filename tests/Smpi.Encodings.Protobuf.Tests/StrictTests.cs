namespace Smpi.Tests;

/// <summary>What a peer must not send.</summary>
public sealed class StrictTests
{
    [Theory]
    [InlineData("08", "ends")]
    [InlineData("0880", "ends")]
    [InlineData("08808080808080808080" + "02", "64 bits")]
    [InlineData("08ffffffffffffffffff" + "7f", "64 bits")]
    [InlineData("08808080808080808080" + "8001", "64 bits")]
    [InlineData("088080808010", "does not fit")]
    [InlineData("08ffffffff0f", "does not fit")]
    [InlineData("09000000000000f03f", "wire type 1")]
    [InlineData("0a0101", "wire type 2")]
    [InlineData("0d01000000", "wire type 5")]
    [InlineData("0b0c", "wire type 3")]
    [InlineData("0e01", "wire type 6")]
    [InlineData("0f01", "wire type 7")]
    [InlineData("0001", "field number 0")]
    [InlineData("80808080" + "1001", "field number")]
    [InlineData("1c", "did not begin")]
    [InlineData("1b24", "ends as group 4")]
    [InlineData("1b", "ends within")]
    [InlineData("1b0801", "ends within")]
    [InlineData("1f", "does not exist")]
    [InlineData("1a05", "ends within")]
    [InlineData("1aff" + "ffffff0f", "ends within")]
    [InlineData("1affffffffffffffffff01", "ends within")]
    [InlineData("1901020304050607", "ends within")]
    [InlineData("1d010203", "ends within")]
    public void A_body_that_is_no_point_is_refused(string hex, string why) => Assert.Contains(why, Proto.Refused<Point>(hex).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Integers_padded_with_zeros_are_read_up_to_ten_octets()
    {
        Assert.Equal(new Point(1, 0), Proto.ReadHex<Point>("08 81808080808080808000"));
        Assert.Equal(new Point(-1, 0), Proto.ReadHex<Point>("08 ffffffffffffffffff01"));
        Assert.Equal(new Point(1, 0), Proto.ReadHex<Point>("8800 01"));
    }

    [Theory]
    [InlineData("0a01ff")]
    [InlineData("0a02c080")]
    [InlineData("0a03eda080")]
    [InlineData("0a04f4908080")]
    [InlineData("0a01c3")]
    public void Bad_utf8_is_refused(string hex)
    {
        Assert.Contains("UTF-8", Proto.Refused<string>(hex).Message, StringComparison.Ordinal);
        Assert.Contains("'$.Name'", Proto.Refused<Node>(hex).Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Proto.Refused<List<string>>(hex).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_is_not_written()
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Proto.Write(new Node("n", [new Node("a\ud800")])));
        Assert.Contains("'$.Children[0].Name'", error.Message, StringComparison.Ordinal);
        Assert.Equal('\ud800', Proto.Back('\ud800'));
    }

    [Theory]
    [InlineData("10ffffffffffffffffff01")]
    [InlineData("108094ebdc03")]
    [InlineData("08ffffffffffffffff7f")]
    [InlineData("0880808080808080808001")]
    public void A_time_that_is_none_is_refused(string hex)
    {
        Assert.Contains("does not fit", Proto.Refused<DateTime>(hex).Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", Proto.Refused<DateTimeOffset>(hex).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Durations_and_offsets_out_of_range_are_refused()
    {
        Assert.Contains("signs", Proto.Refused<TimeSpan>("0801 10ffffffffffffffffff01").Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", Proto.Refused<TimeSpan>("08ffffffffffffffff7f").Message, StringComparison.Ordinal);
        Assert.Contains("offset", Proto.Refused<DateTimeOffset>("18920d").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_fit_their_type_are_refused()
    {
        Assert.Contains("255", Proto.Refused<byte>("088002").Message, StringComparison.Ordinal);
        Assert.Contains("-128", Proto.Refused<sbyte>("088001").Message, StringComparison.Ordinal);
        Assert.Contains("65535", Proto.Refused<char>("08808004").Message, StringComparison.Ordinal);
        Assert.Contains("255", Proto.Refused<Color>("088002").Message, StringComparison.Ordinal);
        Assert.Contains("16 octets", Proto.Refused<Guid>("0a0101").Message, StringComparison.Ordinal);
        Assert.Contains("decimal", Proto.Refused<decimal>("0a0178").Message, StringComparison.Ordinal);
        Assert.Contains("date", Proto.Refused<DateOnly>("0a0178").Message, StringComparison.Ordinal);
        Assert.Contains("time", Proto.Refused<TimeOnly>("0a0178").Message, StringComparison.Ordinal);
        Assert.Equal((Color)77, Proto.ReadHex<Color>("084d"));
    }

    [Fact]
    public void A_record_that_refuses_its_values_fails_the_read() =>
        Assert.Contains("Picky", Proto.Refused<Picky>("080a").Message, StringComparison.Ordinal);

    [Fact]
    public void Nesting_is_bounded_in_messages_and_in_skipped_groups()
    {
        byte[] groups = [.. Enumerable.Repeat((byte)0x1b, 100_000)];
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Proto.Read<Point>(groups)).Code);
        byte[] nodes = [];
        for (int i = 0; i < 70; i++) nodes = [0x12, .. Varint(nodes.Length), .. nodes];
        Assert.Equal(ErrorCode.TooDeep, Assert.Throws<EncodingException>(() => Proto.Read<Node>(nodes)).Code);
    }

    [Fact]
    public void A_message_in_very_many_parts_is_refused()
    {
        byte[] part = [.. Proto.Bytes("0a0a 0a08 6161616161616161")];
        byte[] many = [.. Enumerable.Repeat(part, 20_000).SelectMany(static p => p)];
        Assert.Contains("parts", Assert.Throws<EncodingException>(() => Proto.Read<Outer>(many)).Message, StringComparison.Ordinal);
        Assert.Equal("aaaaaaaa", Proto.Read<Outer>([.. part, .. part, .. part]).Inner!.Text);
    }

    private static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)(value | 0x80), (byte)(value >> 7)];

    public sealed record Holder(string Text);

    public sealed record Outer(Holder? Inner);
}
