using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smpi.Records.Tests;

public sealed record Init
{
    public required string Name { get; init; }

    public int Count { get; init; } = 7;

    public Inner? Inner { get; init; }

    public List<int> Numbers { get; init; } = [];

    public Level Level { get; set; } = Level.High;
}

public sealed record Mixed(int Positional, string? Note = null)
{
    public string Initialised { get; init; } = "";

    public int? Maybe { get; init; }
}

public sealed record WithDefaults(
    string Name, int Count = 3, Level Level = Level.High, decimal Price = 1.5m, bool On = true, string Text = "none", double Ratio = -0.5, long? Maybe = 9);

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Shape;

public sealed record Circle(double Radius, string? Label) : Shape;

public sealed record Square(int Side) : Shape;

public sealed record Group(List<Shape> Parts, Shape? Frame) : Shape;

[SuppressMessage("Naming", "CA1716", Justification = "The name of a record.")]
public sealed record Unlisted(int Side) : Shape;

public sealed record Drawing(string Name, Shape Main, Shape? Other, List<Shape> All);

/// <summary>Refuses what its members may not be, as constructors do.</summary>
public sealed record Picky
{
    public Picky(int level) => Level = level is >= 0 and < 10 ? level : throw new ArgumentOutOfRangeException(nameof(level));

    public int Level { get; }
}

/// <summary>A member that cannot be asked for.</summary>
public sealed record Broken(int Number)
{
    public string Text
    {
        get => Number < 0 ? throw new InvalidOperationException("The text is not there yet.") : $"{Number}";
        init => _ = value;
    }
}

/// <summary>A list of itself, where a value may contain itself.</summary>
public sealed class Ring
{
    public int Number { get; set; }

    public List<Ring> Next { get; set; } = [];
}
