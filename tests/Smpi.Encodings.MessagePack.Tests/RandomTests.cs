using FsCheck;
using FsCheck.Fluent;

namespace Smpi.Tests;

/// <summary>Whatever values there are, they come back.</summary>
public sealed class RandomTests
{
    [Fact]
    public void Signed_integers_come_back() => Check<long>();

    [Fact]
    public void Unsigned_integers_come_back() => Check<ulong>();

    [Fact]
    public void Floats_come_back() => Prop.ForAll<double>(v => Pack.Read<double>(Pack.Write(v)).Equals(v)).QuickCheckThrowOnFailure();

    [Fact]
    public void Decimals_come_back() => Check<decimal>();

    [Fact]
    public void Guids_come_back() => Check<Guid>();

    [Fact]
    public void Spans_of_time_come_back() => Check<TimeSpan>();

    [Fact]
    public void Times_come_back() => Prop.ForAll<DateTime>(v =>
    {
        DateTime utc = DateTime.SpecifyKind(v, DateTimeKind.Utc);
        return Pack.Read<DateTime>(Pack.Write(utc)) == utc;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Times_with_an_offset_come_back_with_it() => Prop.ForAll<DateTimeOffset>(v =>
        Pack.Read<DateTimeOffset>(Pack.Write(v)).EqualsExact(v)).QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_come_back() => Prop.ForAll<NonNull<string>>(v =>
    {
        string text = string.Concat(v.Get.Where(c => !char.IsSurrogate(c)));
        return Pack.Read<string>(Pack.Write(text)) == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lists_of_octets_come_back() => Prop.ForAll<byte[]>(v => Pack.Read<byte[]>(Pack.Write(v)).AsSpan().SequenceEqual(v)).QuickCheckThrowOnFailure();

    [Fact]
    public void Arrays_come_back() => Prop.ForAll<int?[]>(v => Pack.Read<int?[]>(Pack.Write(v)).SequenceEqual(v)).QuickCheckThrowOnFailure();

    [Fact]
    public void Dictionaries_come_back() => Prop.ForAll<int[]>(v =>
    {
        Dictionary<int, string> value = v.Distinct().ToDictionary(k => k, k => $"{k}");
        return Pack.Read<Dictionary<int, string>>(Pack.Write(value)).OrderBy(p => p.Key).SequenceEqual(value.OrderBy(p => p.Key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Records_come_back_in_both_forms() => Prop.ForAll<int, long, Guid>((a, b, c) =>
    {
        var value = new Flat(a, b, b / 3.0, a > 0, $"{b}", (Color)(byte)a, c, DateTime.UnixEpoch.AddTicks(b % 1_000_000_000_000), new TimeSpan(b), a / 7m, a % 2 == 0 ? null : a);
        return Pack.Read<Flat>(Pack.Write(value)) == value && Pack.Read<Flat>(Pack.Write(value, Pack.Arrays), Pack.Arrays) == value;
    }).QuickCheckThrowOnFailure();

    private static void Check<T>()
        where T : IEquatable<T> => Prop.ForAll<T>(v => Pack.Read<T>(Pack.Write(v)).Equals(v)).QuickCheckThrowOnFailure();
}
