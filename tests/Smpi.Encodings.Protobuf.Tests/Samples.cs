namespace Smpi.Tests;

/// <summary>Values that several tests share.</summary>
internal static class Samples
{
    public static Everything Full { get; } = new()
    {
        Bool = true,
        Byte = 255,
        SByte = -128,
        Short = -32768,
        UShort = 65535,
        Int = int.MinValue,
        UInt = uint.MaxValue,
        Long = long.MinValue,
        ULong = ulong.MaxValue,
        Float = 1.5f,
        Double = Math.PI,
        Char = 'ß',
        String = "Grüße, 世界 🌍",
        Decimal = -79228162514264337593543950335m,
        Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime = new DateTime(2026, 11, 21, 6, 30, 0, DateTimeKind.Utc).AddTicks(1234567),
        DateTimeOffset = new DateTimeOffset(2026, 11, 21, 6, 30, 0, TimeSpan.FromMinutes(-210)),
        TimeSpan = TimeSpan.FromTicks(-5),
        DateOnly = new DateOnly(2026, 11, 21),
        TimeOnly = new TimeOnly(12, 30, 15, 250),
        Color = Color.Blue,
        Wide = Wide.Most,
        MaybeInt = 5,
        MaybeGuid = Guid.Empty,
        Spot = new Spot(3, "spot"),
        Bytes = [1, 2, 3],
        Memory = new byte[] { 4, 5 },
        Array = [1, -1, 100_000],
        List = ["a", "b", ""],
        Points = [new Point(1, 2), new Point(-3, 4)],
        Sequence = [1L, long.MaxValue],
        Set = [3, 2, 1],
        ByName = new() { ["one"] = 1, [""] = 0 },
        ByNumber = new Dictionary<int, string> { [-1] = "minus", [70_000] = "many" },
        ByGuid = new() { [new Guid("00112233-4455-6677-8899-aabbccddeeff")] = Color.Green },
        ByColor = new() { [Color.Red] = [0.5, -0.25] },
        Node = new Node("root", [new Node("leaf"), new Node("branch", [new Node("twig")])]),
        Shape = new Group("g", [new Circle("c", 2.5), new Square("s", 4)]),
        Uri = new Uri("https://example.org/a?b=c"),
    };

    public static Flat Flat { get; } = new(
        7, 1L << 40, 0.1, true, "a text of some length, longer than thirty-two", Color.Green, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromSeconds(3), 12.50m, null);
}
