using System.Buffers;

namespace Smpi.Tests;

/// <summary>What a peer must not send.</summary>
public sealed class StrictTests
{
    [Theory]
    [InlineData("c1")]
    [InlineData("")]
    [InlineData("0500")]
    [InlineData("c0")]
    [InlineData("ce80000000")]
    [InlineData("cfffffffffffffffff")]
    [InlineData("d3ffffffff00000000")]
    [InlineData("cb3ff0000000000000")]
    [InlineData("a135")]
    public void A_body_that_is_no_int_is_refused(string hex) => Assert.Contains("Int32", Pack.Refused<int>(hex).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a1ff")]
    [InlineData("a2c080")]
    [InlineData("a3eda080")]
    [InlineData("a4f4908080")]
    [InlineData("a1c3")]
    [InlineData("d901ff")]
    public void Bad_utf8_is_refused(string hex)
    {
        Assert.Contains("UTF-8", Pack.Refused<string>(hex).Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Pack.Refused<Dictionary<string, int>>($"81{hex}01").Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Pack.Refused<Point>($"81a17a{hex}").Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Pack.Refused<Point>($"81{hex}01").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("82a17801a17802")]
    [InlineData("83a17801a17a01a17802")]
    [InlineData("82a17a01a17a02")]
    [InlineData("84a17a01a17801a16101a17a02")]
    [InlineData("8205010502")]
    public void A_key_that_is_there_twice_is_refused(string hex) => Assert.Contains("twice", Pack.Refused<Point>(hex).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_of_a_dictionary_that_is_there_twice_or_nil_is_refused()
    {
        Assert.Contains("'x'", Pack.Refused<Dictionary<string, int>>("82a17801a17802").Message, StringComparison.Ordinal);
        Assert.Contains("twice", Pack.Refused<Dictionary<int, int>>("820101cc0102").Message, StringComparison.Ordinal);
        Assert.Contains("nil", Pack.Refused<Dictionary<string, int>>("81c001").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d6ff0000", "ends")]
    [InlineData("d600000000 00", "extension 0")]
    [InlineData("d5ff0000", "4, 8 or 12")]
    [InlineData("d7ffee6b280000000000", "nanoseconds")]
    [InlineData("c70cff3b9aca000000000000000000", "nanoseconds")]
    [InlineData("c70cff000000007fffffffffffffff", "does not fit")]
    [InlineData("c70cff000000008000000000000000", "does not fit")]
    [InlineData("05", "A timestamp is expected")]
    public void A_timestamp_that_is_none_is_refused(string hex, string why) =>
        Assert.Contains(why, Pack.Refused<DateTime>(hex).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("92d6ff00000000cd0349")]
    [InlineData("91d6ff00000000")]
    [InlineData("93d6ff000000000000")]
    [InlineData("92c70cff00000000fffffff1886e0900d0c4")]
    public void A_time_with_an_impossible_offset_is_refused(string hex) => Pack.Refused<DateTimeOffset>(hex);

    [Fact]
    public void An_extension_that_is_not_known_is_named() =>
        Assert.Contains("an extension", Pack.Refused<string>("d40500").Message, StringComparison.Ordinal);

    [Fact]
    public void Nesting_deeper_than_the_limit_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("81a17a", 63));
        Assert.Equal(new Point(0, 0), Pack.ReadHex<Point>($"{deep}90"));
        Assert.Equal(ErrorCode.TooDeep, Pack.Refused<Point>($"{deep}9190").Code);
        Assert.Equal(ErrorCode.TooDeep, Pack.Refused<Point>("81a17a" + string.Concat(Enumerable.Repeat("91", 100_000)) + "c0").Code);
    }

    [Theory]
    [InlineData("ddffffffff")]
    [InlineData("dd7fffffff00")]
    [InlineData("dd0000000500000000")]
    [InlineData("9fc0c0")]
    public void A_count_beyond_the_body_is_refused_before_anything_is_allocated(string hex)
    {
        byte[] body = Pack.Bytes(hex);
        ICodec<long[]> codec = Pack.Maps.For<long[]>();
        Assert.Throws<EncodingException>(() => codec.Read(new ReadOnlySequence<byte>(body)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EncodingException>(() => codec.Read(new ReadOnlySequence<byte>(body)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Nested_counts_are_checked_together()
    {
        // Each of the 60 arrays alone could be as long as the body says; together they cannot.
        const int Length = 100_000;
        byte[] body = new byte[Length];
        Array.Fill(body, (byte)0xc0);
        for (int i = 0; i < 60; i++) Convert.FromHexString($"dd{Length / 2:x8}").CopyTo(body, 3 + (i * 5));
        Convert.FromHexString("81a17a").CopyTo(body, 0);
        ICodec<Point> codec = Pack.Maps.For<Point>();
        Assert.Contains("announced", Assert.Throws<EncodingException>(() => codec.Read(new ReadOnlySequence<byte>(body))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_bounded_by_about_eight_times_the_body()
    {
        byte[] nils = [0xdd, 0x00, 0x0f, 0x42, 0x40, .. Enumerable.Repeat((byte)0xc0, 1_000_000)];
        Measure<string?[]>(nils);
        Measure<List<string?>>(nils);
        Array.Fill(nils, (byte)0x01, 5, 1_000_000);
        Measure<long[]>(nils);
        Measure<List<DateTimeOffset>>(nils);

        static void Measure<T>(byte[] body)
        {
            ICodec<T> codec = Pack.Maps.For<T>();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                codec.Read(new ReadOnlySequence<byte>(body));
            }
            catch (EncodingException)
            {
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * body.Length + 20_000);
        }
    }

    [Fact]
    public void The_path_of_what_is_wrong_is_named()
    {
        Assert.Contains("'$.y'", Pack.Refused<Point>("82a17801a179c3").Message, StringComparison.Ordinal);
        Assert.Contains("'$.children[1].name'", Pack.Refused<Node>("82a46e616d65a161a86368696c6472656e9281a46e616d65a16281a46e616d6505").Message, StringComparison.Ordinal);
        Assert.Contains("'$.x.y'", Pack.Refused<Dictionary<string, Point>>("81a17881a179a0").Message, StringComparison.Ordinal);
        Assert.Contains("'$.name'", Assert.Throws<EncodingException>(() => Pack.Write(new Node("\ud800"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_constructor_throws_becomes_an_encoding_exception() =>
        Assert.IsType<ArgumentOutOfRangeException>(Pack.Refused<Picky>("81a56c6576656c0a").InnerException);

    [Fact]
    public void Integer_keys_made_to_collide_take_no_longer_than_others()
    {
        // All equal in the 32 bits that .NET folds a long into.
        var keys = Enumerable.Range(0, 40_000).Select(i => ((long)i << 32) | (uint)i).ToList();
        byte[] body = Pack.Write(keys);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(keys.Count, Pack.Read<HashSet<long>>(body).Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }
}
