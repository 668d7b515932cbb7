using System.Text.Json.Serialization;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

/// <summary>Records that have a straight way.</summary>
public sealed record Row(int Id, string Name, double Value);

public sealed record Numbers(
    bool Yes, byte U8, sbyte I8, short I16, ushort U16, int I32, uint U32, long I64, ulong U64, float Single, double Double, string? Text,
    int? MaybeInt, double? MaybeDouble, bool? MaybeBool, Colour Colour, Colour? MaybeColour);

public sealed record Nest(int Depth, Nest? Inner, Row? Row, Spot Spot, Spot? Maybe);

public sealed record Lists(int[] Numbers, List<string?> Texts, IReadOnlyList<Row> Rows, IEnumerable<double>? Values, Colour[] Colours, List<List<Spot>> Spots, Nothing?[] Nothings);

/// <summary>Members of every kind of setter.</summary>
public sealed record Members(int Given, string Defaulted = "none")
{
    public int Computed => Given * 2;

    public int Kept { get; init; } = 7;

    public required string Required { get; init; }

    public string? Set { get; set; } = "set";

    [JsonPropertyName("renamed-to_this.1")]
    public long Renamed { get; set; }

    [JsonIgnore]
    public int Ignored { get; set; } = 3;
}

/// <summary>What the framework's reader knows best.</summary>
public sealed record Tokens(decimal Money, Guid Id, DateTime Time, DateTimeOffset At, decimal? MaybeMoney, DateTime? MaybeTime, List<Guid> Ids, DateTimeOffset[] Ats);

public readonly record struct Spot(int X, float Y);

public sealed record Nothing;

/// <summary>Says no to some values.</summary>
public sealed record Picky
{
    public Picky(int value) => Value = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));

    public int Value { get; }
}

/// <summary>Unknown members are an error of the type, not of the encoding.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Unmapped(int Id);

/// <summary>Fails now and then when it is written.</summary>
public sealed record Moody(string Text)
{
    public static int Left { get; set; }

    public int Mood => Left-- > 0 ? Text.Length : throw new InvalidOperationException("No mood left.");
}
