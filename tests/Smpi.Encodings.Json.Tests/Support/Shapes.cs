using System.Text.Json.Serialization;

namespace Smpi.Encodings.Json.Tests;

public enum Colour
{
    Red = 1,
    Blue = 7,
}

[JsonConverter(typeof(JsonStringEnumConverter<Size>))]
public enum Size
{
    Small,
    Large,
}

public sealed record Point(int X, int Y);

public sealed record Settings
{
    public string Name { get; init; } = "";

    public int? Count { get; init; }

    public Point? Origin { get; init; }
}

public sealed record Everything(
    string Text,
    long Big,
    double Real,
    decimal Money,
    bool Yes,
    Guid Id,
    DateTimeOffset At,
    DateTime Utc,
    TimeSpan Took,
    Colour Colour,
    Size Size,
    byte[] Bytes,
    ReadOnlyMemory<byte> Memory,
    IReadOnlyList<Point> Points,
    Dictionary<string, int> Counts,
    Point? Maybe,
    float? Ratio);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape;

public sealed record Circle(double Radius) : Shape;

public sealed record Square(double Side) : Shape;

public sealed record Chain
{
    public Chain? Next { get; init; }
}

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record Lenient(double Value, double? Maybe = null, float? Small = null);

public sealed class Throwing
{
    private readonly Dictionary<int, int> _empty = [];

    public int Value
    {
        get => _empty[0];
        set => _ = _empty[value];
    }
}

public sealed record Box<T>(T Value);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Everything))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(Lenient))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(Chain))]
[JsonSerializable(typeof(NullTests.Note))]
[JsonSerializable(typeof(NullTests.Notes))]
[JsonSerializable(typeof(NullTests.NoteSet))]
[JsonSerializable(typeof(NullTests.Mild))]
[JsonSerializable(typeof(SeededTests.Keyed))]
internal sealed partial class TestContext : JsonSerializerContext;
