using System.Text.Json;
using System.Text.Json.Nodes;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

/// <summary>Random values.</summary>
internal static class Values
{
    private static readonly string?[] Texts =
    [
        null, "", "a", "seven!!", "eightish", "fifteen letters", "sixteen letters!", "seventeen letters", "thirty-two letters, neither more", "Grüße, 世界", "😀", "\"quoted\"", "back\\slash", "line\nline", "\u0000\u001f\u007f\u0080\u2028\ufeff",
        "<&>'+`/", new string('x', 300), new string('ü', 300), "tail\ud83d\ude00", new string('y', 5000), new string('z', 4999) + "\n",
    ];

    public static string? Text(Random random) => Texts[random.Next(Texts.Length)];

    public static double Double(Random random) => random.Next(6) switch
    {
        0 => random.Next(-1000, 1000),
        1 => random.Next(-100000, 100000) / 100.0,
        2 => random.NextDouble(),
        3 => Math.Round(random.NextDouble() * 1e6, random.Next(8)),
        4 => random.NextInt64() * Math.Pow(10, random.Next(-300, 280)),
        _ => Bits(random),
    };

    /// <summary>Any finite number, by its bits.</summary>
    public static double Bits(Random random)
    {
        double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsFinite(value) ? value : -0.0;
    }

    public static float Single(Random random)
    {
        float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        return float.IsFinite(value) ? value : random.Next(1000) / 4f;
    }

    public static Row Row(Random random) => new(random.Next(), Text(random) ?? "none", Double(random));

    public static Spot Spot(Random random) => new(random.Next(-5, 5), Single(random));

    public static Numbers Numbers(Random random) => new(
        random.Next(2) == 0, (byte)random.Next(256), (sbyte)random.Next(-128, 128), (short)random.Next(short.MinValue, short.MaxValue + 1), (ushort)random.Next(ushort.MaxValue + 1),
        One(random, int.MinValue, int.MaxValue, random.Next()), One<uint>(random, 0, uint.MaxValue, (uint)random.Next()), One(random, long.MinValue, long.MaxValue, random.NextInt64()),
        One<ulong>(random, 0, ulong.MaxValue, (ulong)random.NextInt64()), Single(random), Double(random), Text(random), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0 ? null : Double(random),
        random.Next(2) == 0 ? null : true, (Colour)random.Next(-1, 9), random.Next(2) == 0 ? null : Colour.Red);

    public static Tokens Tokens(Random random) => new(
        Money(random), Guid.NewGuid(), Time(random), At(random), random.Next(2) == 0 ? null : Money(random), random.Next(2) == 0 ? null : Time(random), [.. Many(random, static _ => Guid.NewGuid())], Many(random, At));

    public static Nest Nest(Random random, int depth) => new(
        depth, depth == 0 ? null : Nest(random, depth - 1), random.Next(2) == 0 ? null : Row(random), Spot(random), random.Next(2) == 0 ? null : Spot(random));

    public static Lists Lists(Random random) => new(
        Many(random, static r => r.Next()), [.. Many(random, Text)], Many(random, Row), random.Next(3) == 0 ? null : Many(random, Double),
        Many(random, static r => (Colour)r.Next(9)), [.. Many(random, static r => Many(r, Spot).ToList())], Many(random, static r => r.Next(2) == 0 ? null : new Nothing()));

    public static Members Members(Random random) => new(random.Next(1000), Text(random) ?? "given")
    {
        Kept = random.Next(),
        Required = Text(random) ?? "required",
        Set = Text(random),
        Renamed = random.NextInt64()
    };

    public static JsonElement Deserialized(this JsonNode? node) => JsonSerializer.Deserialize<JsonElement>(node!.ToJsonString());

    private static decimal Money(Random random) => random.Next(5) switch
    {
        0 => decimal.MaxValue,
        1 => decimal.MinValue,
        2 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        3 => 12.50m,
        _ => random.Next(-1000, 1000),
    };

    // Every length of the second, of every kind.
    private static DateTime Time(Random random)
    {
        long unit = (long)Math.Pow(10, random.Next(9));
        return new DateTime(random.NextInt64(DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) / unit * unit, (DateTimeKind)random.Next(3));
    }

    private static DateTimeOffset At(Random random) =>
        new DateTimeOffset(DateTime.SpecifyKind(Time(random), DateTimeKind.Unspecified), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(random.Next(0, 840)));

    private static T One<T>(Random random, T least, T most, T other) => random.Next(4) switch { 0 => least, 1 => most, _ => other };

    private static T[] Many<T>(Random random, Func<Random, T> one) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => one(random))];
}
