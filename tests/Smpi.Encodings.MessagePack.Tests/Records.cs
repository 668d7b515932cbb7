using System.Text.Json.Serialization;

namespace Smpi.Tests;

public enum Color : byte
{
    Red = 1,
    Green = 2,
    Blue = 200,
}

public enum Wide : ulong
{
    None,
    Most = ulong.MaxValue,
}

public sealed record Point(int X, int Y);

public readonly record struct Spot(int X, string? Name);

public sealed record Node(string Name, IReadOnlyList<Node>? Children = null);

public sealed record WithDefaults(string Name, int Count = 3, Color Color = Color.Blue, decimal Price = 1.5m, string Text = "none");

public sealed record Init
{
    public required string Name { get; init; }

    public int Count { get; init; } = 7;

    public List<int> Items { get; set; } = [1];

    public int Double => Count * 2;

    [JsonIgnore]
    public string Secret { get; set; } = "secret";

    [JsonPropertyName("other")]
    public string? Renamed { get; init; }
}

[JsonPolymorphic]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), 2)]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Shape(string Id);

public sealed record Circle(string Id, double Radius) : Shape(Id);

public sealed record Square(string Id, int Side) : Shape(Id);

public sealed record Group(string Id, List<Shape> Parts) : Shape(Id);

public sealed record Unlisted(string Id) : Shape(Id);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dog), "dog")]
public record Animal(string Name);

public sealed record Dog(string Name, bool Barks) : Animal(Name);

public sealed record Flat(int Id, long Big, double Ratio, bool On, string Text, Color Color, Guid Key, DateTime At, TimeSpan For, decimal Price, int? Maybe);

public sealed record Nothing;

public sealed record Picky
{
    public Picky(int level) => Level = level is >= 0 and < 10 ? level : throw new ArgumentOutOfRangeException(nameof(level));

    public int Level { get; }
}

public sealed record Everything
{
    public bool Bool { get; init; }

    public byte Byte { get; init; }

    public sbyte SByte { get; init; }

    public short Short { get; init; }

    public ushort UShort { get; init; }

    public int Int { get; init; }

    public uint UInt { get; init; }

    public long Long { get; init; }

    public ulong ULong { get; init; }

    public float Float { get; init; }

    public double Double { get; init; }

    public char Char { get; init; } = 'x';

    public string? String { get; init; }

    public decimal Decimal { get; init; }

    public Guid Guid { get; init; }

    public DateTime DateTime { get; init; } = DateTime.UnixEpoch;

    public DateTimeOffset DateTimeOffset { get; init; }

    public TimeSpan TimeSpan { get; init; }

    public DateOnly DateOnly { get; init; }

    public TimeOnly TimeOnly { get; init; }

    public Color Color { get; init; }

    public Wide Wide { get; init; }

    public int? MaybeInt { get; init; }

    public Guid? MaybeGuid { get; init; }

    public Spot Spot { get; init; }

    public byte[]? Bytes { get; init; }

    public ReadOnlyMemory<byte> Memory { get; init; }

    public int[]? Array { get; init; }

    public List<string?>? List { get; init; }

    public IReadOnlyList<Point>? Points { get; init; }

    public IEnumerable<long>? Sequence { get; init; }

    public HashSet<int>? Set { get; init; }

    public Dictionary<string, int>? ByName { get; init; }

    public IReadOnlyDictionary<int, string>? ByNumber { get; init; }

    public Dictionary<Guid, Color>? ByGuid { get; init; }

    public Dictionary<Color, List<double>>? ByColor { get; init; }

    public Node? Node { get; init; }

    public Shape? Shape { get; init; }

    public Uri? Uri { get; init; }
}

public struct Mutable
{
    public Mutable()
    {
    }

    public int Count { get; set; } = 4;

    public string? Name { get; init; }
}

public record Base(int Id)
{
    public virtual string Kind { get; init; } = "base";
}

public sealed record Derived(int Id, List<Derived?> Others, Dictionary<string, Derived> ByName) : Base(Id)
{
    public override string Kind { get; init; } = "derived";
}

public sealed record Ordered(int Id, string Name, double Value, int Count = 3);
