using FsCheck;
using FsCheck.Fluent;

namespace Smpi.Records.Tests;

/// <summary>Random values that are no records, with the limits of their types among them.</summary>
internal static class RandomValues
{
    private static readonly Dictionary<Type, Gen<object?>> All = Make();

    public static Gen<object?>? Of(Type type)
    {
        if (type.IsEnum) return Gen.Elements(Enum.GetValues(type).Cast<object?>());
        return All.GetValueOrDefault(type);
    }

    private static Dictionary<Type, Gen<object?>> Make()
    {
        Gen<int> small = Gen.Choose(-1000, 1000);
        Gen<long> wide = Gen.Choose(int.MinValue, int.MaxValue).SelectMany(high => Gen.Choose(int.MinValue, int.MaxValue), (high, low) => ((long)high << 32) ^ low);
        Gen<long> any = Gen.OneOf(wide, small.Select(v => (long)v), Gen.Elements(0L, 1L, -1L, long.MaxValue, long.MinValue, 1L << 53, int.MaxValue + 1L));
        Gen<byte[]> octets = Gen.Choose(0, 20).SelectMany(count => Gen.ArrayOf(Gen.Choose(0, 255).Select(v => (byte)v), count));
        Gen<DateTime> times = wide.Select(v => new DateTime(Math.Abs(v % (DateTime.MaxValue.Ticks + 1)), DateTimeKind.Utc));
        Gen<DateTime> kinds = Gen.Zip(times, Gen.Elements(DateTimeKind.Utc, DateTimeKind.Unspecified, DateTimeKind.Local), DateTime.SpecifyKind);
        Gen<string> texts = Gen.Choose(0, 12).SelectMany(count => Gen.ArrayOf(Gen.Elements("a", "Z", " ", "\"", "\\", "\n", "\0", "é", "ß", "世", "\uFFFD", "😀", "<", "$", "\u2028"), count)).Select(string.Concat);
        Gen<DateTimeOffset> moments = Gen.Zip(Gen.Choose(-14 * 60, 14 * 60), times, (minutes, at) => At(at, TimeSpan.FromMinutes((double)minutes)));
        Gen<decimal> decimals = Gen.OneOf(
            Gen.Four(Gen.Choose(int.MinValue, int.MaxValue)).Zip(Gen.Choose(0, 28), (v, scale) => new decimal(v.Item1, v.Item2, v.Item3, v.Item4 < 0, (byte)scale)),
            small.Select(v => v / 100m),
            Gen.Elements(0m, 0.00m, 1.10m, decimal.MaxValue, decimal.MinValue, -0.0000000000000000000000000001m));
        return new()
        {
            [typeof(bool)] = Gen.Elements<object?>(true, false),
            [typeof(byte)] = any.Select(v => (object?)(byte)v),
            [typeof(sbyte)] = any.Select(v => (object?)(sbyte)v),
            [typeof(short)] = any.Select(v => (object?)(short)v),
            [typeof(ushort)] = any.Select(v => (object?)(ushort)v),
            [typeof(int)] = any.Select(v => (object?)(int)v),
            [typeof(uint)] = any.Select(v => (object?)(uint)v),
            [typeof(long)] = any.Select(v => (object?)v),
            [typeof(ulong)] = any.Select(v => (object?)(ulong)v),
            [typeof(float)] = Gen.OneOf(
                wide.Select(v => BitConverter.Int32BitsToSingle((int)v)).Where(float.IsFinite),
                Gen.Elements(0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, 0.1f)).Select(v => (object?)v),
            [typeof(double)] = Gen.OneOf(
                wide.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
                Gen.Elements(0d, -0d, double.MaxValue, double.MinValue, double.Epsilon, 0.1, 5)).Select(v => (object?)v),
            [typeof(decimal)] = decimals.Select(v => (object?)v),
            [typeof(char)] = Gen.Elements<object?>('a', 'Z', '\0', '"', 'é', '世', '\uFFFD'),
            [typeof(string)] = texts.Select(v => (object?)v),
            [typeof(Guid)] = octets.Where(v => v.Length >= 16).Select(v => (object?)new Guid(v[..16])).Or(Gen.Constant<object?>(Guid.Empty)),
            [typeof(DateTime)] = kinds.Or(Gen.Elements(DateTime.UnixEpoch, DateTime.MinValue, DateTime.MaxValue)).Select(v => (object?)v),
            [typeof(DateTimeOffset)] = moments.Or(Gen.Elements(DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Select(v => (object?)v),
            [typeof(TimeSpan)] = any.Select(v => (object?)new TimeSpan(v)),
            [typeof(DateOnly)] = times.Select(v => (object?)DateOnly.FromDateTime(v)),
            [typeof(TimeOnly)] = times.Select(v => (object?)TimeOnly.FromDateTime(v)),
            [typeof(Uri)] = Gen.Elements<object?>(new Uri("https://example.org/a?b=c#d"), new Uri("relative/é", UriKind.Relative), new Uri("urn:x:1")),
            [typeof(byte[])] = octets.Select(v => (object?)v),
            [typeof(ReadOnlyMemory<byte>)] = octets.Select(v => (object?)new ReadOnlyMemory<byte>(v)),
        };
    }

    private static DateTimeOffset At(DateTime utc, TimeSpan offset)
    {
        long local = utc.Ticks + offset.Ticks;
        return local < 0 || local > DateTime.MaxValue.Ticks ? new DateTimeOffset(utc) : new DateTimeOffset(local, offset);
    }
}
