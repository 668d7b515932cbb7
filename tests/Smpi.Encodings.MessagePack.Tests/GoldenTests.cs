using System.Buffers;

namespace Smpi.Tests;

/// <summary>The octets of the specification, format by format.</summary>
public sealed class GoldenTests
{
    public static TheoryData<long, string> Integers { get; } = new()
    {
        { 0, "00" }, { 127, "7f" }, { 128, "cc80" }, { 255, "ccff" }, { 256, "cd0100" }, { 65535, "cdffff" }, { 65536, "ce00010000" },
        { uint.MaxValue, "ceffffffff" }, { 4294967296, "cf0000000100000000" }, { long.MaxValue, "cf7fffffffffffffff" },
        { -1, "ff" }, { -32, "e0" }, { -33, "d0df" }, { -128, "d080" }, { -129, "d1ff7f" }, { -32768, "d18000" }, { -32769, "d2ffff7fff" },
        { int.MinValue, "d280000000" }, { -2147483649, "d3ffffffff7fffffff" }, { long.MinValue, "d38000000000000000" },
    };

    [Theory]
    [MemberData(nameof(Integers))]
    public void An_integer_takes_its_smallest_form(long value, string hex)
    {
        Assert.Equal(hex, Pack.Hex(value));
        Assert.Equal(value, Pack.ReadHex<long>(hex));
    }

    [Theory]
    [InlineData("05")]
    [InlineData("cc05")]
    [InlineData("cd0005")]
    [InlineData("ce00000005")]
    [InlineData("cf0000000000000005")]
    [InlineData("d005")]
    [InlineData("d10005")]
    [InlineData("d200000005")]
    [InlineData("d30000000000000005")]
    public void An_integer_is_read_in_any_form_it_fits(string hex)
    {
        Assert.Equal(5, Pack.ReadHex<byte>(hex));
        Assert.Equal(5, Pack.ReadHex<sbyte>(hex));
        Assert.Equal(5, Pack.ReadHex<short>(hex));
        Assert.Equal(5, Pack.ReadHex<ushort>(hex));
        Assert.Equal(5, Pack.ReadHex<int>(hex));
        Assert.Equal(5u, Pack.ReadHex<uint>(hex));
        Assert.Equal(5, Pack.ReadHex<long>(hex));
        Assert.Equal(5ul, Pack.ReadHex<ulong>(hex));
        Assert.Equal(5.0, Pack.ReadHex<double>(hex));
        Assert.Equal(5f, Pack.ReadHex<float>(hex));
        Assert.Equal(5m, Pack.ReadHex<decimal>(hex));
    }

    [Fact]
    public void Nil_booleans_and_floats_have_their_octets()
    {
        Assert.Equal("c0", Pack.Hex<string?>(null));
        Assert.Equal("c0", Pack.Hex<int?>(null));
        Assert.Equal("c2", Pack.Hex(false));
        Assert.Equal("c3", Pack.Hex(true));
        Assert.Equal("ca3f800000", Pack.Hex(1f));
        Assert.Equal("cb3ff0000000000000", Pack.Hex(1d));
        Assert.Equal("cb7ff0000000000000", Pack.Hex(double.PositiveInfinity));
        Assert.Equal("cfffffffffffffffff", Pack.Hex(ulong.MaxValue));
        Assert.Equal(0.1f, Pack.Read<float>(Pack.Write(0.1d)));
        Assert.True(double.IsNaN(Pack.Read<double>(Pack.Write(double.NaN))));
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(1, "a1")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void A_string_has_the_head_of_its_length(int length, string head)
    {
        string text = new('a', length);
        string hex = Pack.Hex(text);
        Assert.StartsWith(head, hex, StringComparison.Ordinal);
        Assert.Equal(head.Length + (2 * length), hex.Length);
        Assert.Equal(text, Pack.ReadHex<string>(hex));
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65535, "c5ffff")]
    [InlineData(65536, "c600010000")]
    public void Binary_data_has_the_head_of_its_length(int length, string head)
    {
        byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        string hex = Pack.Hex(data);
        Assert.StartsWith(head, hex, StringComparison.Ordinal);
        Assert.Equal(data, Pack.ReadHex<byte[]>(hex));
        Assert.Equal(data, Pack.ReadHex<ReadOnlyMemory<byte>>(hex).ToArray());
    }

    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void Arrays_and_maps_have_the_head_of_their_count(int count, string array, string map)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        Dictionary<int, bool> pairs = items.ToDictionary(i => i, i => i % 2 == 0);
        Assert.StartsWith(array, Pack.Hex(items), StringComparison.Ordinal);
        Assert.StartsWith(map, Pack.Hex(pairs), StringComparison.Ordinal);
        Assert.Equal(items, Pack.Read<int[]>(Pack.Write(items)));
        Assert.Equal(pairs, Pack.Read<Dictionary<int, bool>>(Pack.Write(pairs)));
    }

    [Theory]
    [InlineData("90")]
    [InlineData("dc0000")]
    [InlineData("dd00000000")]
    public void A_head_longer_than_needed_is_read(string hex) => Assert.Empty(Pack.ReadHex<List<int>>(hex));

    [Theory]
    [InlineData(1, "d405")]
    [InlineData(2, "d505")]
    [InlineData(4, "d605")]
    [InlineData(8, "d705")]
    [InlineData(16, "d805")]
    [InlineData(0, "c70005")]
    [InlineData(3, "c70305")]
    [InlineData(255, "c7ff05")]
    [InlineData(256, "c8010005")]
    [InlineData(65536, "c90001000005")]
    public void An_extension_has_the_head_of_its_length(int length, string head)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteExtension(5, new byte[length]);
        writer.Flush();
        Assert.StartsWith(head, Convert.ToHexStringLower(output.WrittenSpan), StringComparison.Ordinal);
        var reader = new MessagePackReader(new ReadOnlySequence<byte>(output.WrittenMemory));
        Assert.Equal(length, reader.ReadExtension(out sbyte type).Length);
        Assert.Equal(5, type);
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", "d6ff00000000")]
    [InlineData("2106-02-07T06:28:15Z", "d6ffffffffff")]
    [InlineData("2106-02-07T06:28:16Z", "d7ff0000000100000000")]
    [InlineData("1970-01-01T00:00:00.0000001Z", "d7ff0000019000000000")]
    [InlineData("2514-05-30T01:53:03.9999999Z", "d7ffee6b26 73ffffffff")]
    [InlineData("2514-05-30T01:53:04Z", "c70cff000000000000000400000000")]
    [InlineData("1969-12-31T23:59:59.5Z", "c70cff1dcd6500ffffffffffffffff")]
    [InlineData("0001-01-01T00:00:00Z", "c70cff00000000fffffff1886e0900")]
    public void A_time_takes_the_smallest_timestamp(string text, string hex)
    {
        var time = DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Pack.Hex(time));
        DateTime read = Pack.ReadHex<DateTime>(hex);
        Assert.Equal(time, read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }

    [Fact]
    public void Other_types_have_their_documented_forms()
    {
        Assert.Equal("c41000112233445566778899aabbccddeeff", Pack.Hex(new Guid("00112233-4455-6677-8899-aabbccddeeff")));
        Assert.Equal("a4312e3530", Pack.Hex(1.50m));
        Assert.Equal("cd2710", Pack.Hex(TimeSpan.FromMilliseconds(1)));
        Assert.Equal("ccc8", Pack.Hex(Color.Blue));
        Assert.Equal("d6ff00000000", Pack.Hex(DateTimeOffset.UnixEpoch));
        Assert.Equal("92d6ff000000003c", Pack.Hex(new DateTimeOffset(1970, 1, 1, 1, 0, 0, TimeSpan.FromHours(1))));
        Assert.Equal("82a15801a15902".Replace("58", "78", StringComparison.Ordinal).Replace("59", "79", StringComparison.Ordinal), Pack.Hex(new Point(1, 2)));
        Assert.Equal("920102", Pack.Hex(new Point(1, 2), Pack.Arrays));
        Assert.Equal("80", Pack.Hex(new Nothing()));
        Assert.Equal("83a52474797065a6636972636c65a26964a163a6726164697573cb3ff0000000000000", Pack.Hex<Shape>(new Circle("c", 1)));
        Assert.Equal("92a6636972636c6592a163cb3ff0000000000000", Pack.Hex<Shape>(new Circle("c", 1), Pack.Arrays));
    }
}
