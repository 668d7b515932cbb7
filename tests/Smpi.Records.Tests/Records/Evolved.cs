using System.Text.Json.Serialization;

namespace Smpi.Records.Tests;

public enum OldKind
{
    None,
    One = 1,
}

public enum NewKind
{
    None,
    One = 1,
    Two = 2,
    Below = -3,
}

/// <summary>The first version of a contract.</summary>
public sealed record Old(string Name, int Count);

public sealed record WithNullable(string Name, int Count, string? Note, int? Size, Level? Level);

public sealed record WithDefault(string Name, int Count, int Size = 5, Level Level = Level.High, string Text = "none", bool On = true);

public sealed record WithInit(string Name, int Count)
{
    public int Size { get; init; } = 6;

    public string? Note { get; init; }
}

public sealed record WithCollection(string Name, int Count, List<int>? Items, Dictionary<string, Inner>? Named, byte[]? Octets);

public sealed record WithNested(string Name, int Count, Inner? Inner, Shape? Shape, Point? Point);

/// <summary>Members that say nothing about being absent: they have what their type has.</summary>
public sealed record WithPlain(string Name, int Count, int Size, bool On, Level Level, TimeSpan Span, Guid Guid);

public sealed record Reordered(int Count, string Name);

public sealed record Renumbered(string? Added, int Count, int? Other, string Name);

public sealed record OldHolder(Old One, List<Old> Many, Dictionary<string, Old> Named, OldPart Part, OldKind Kind, List<OldKind> Kinds);

public sealed record NewHolder(WithCollection One, List<WithDefault> Many, Dictionary<string, WithNullable> Named, NewPart Part, NewKind Kind, List<NewKind> Kinds);

[JsonDerivedType(typeof(OldPlain), "plain")]
public abstract record OldPart;

public sealed record OldPlain(int Size) : OldPart;

[JsonDerivedType(typeof(NewPlain), "plain")]
[JsonDerivedType(typeof(NewFancy), "fancy")]
public abstract record NewPart;

public sealed record NewPlain(int Size, string? Colour = "red") : NewPart;

public sealed record NewFancy(string Name) : NewPart;

/// <summary>As <see cref="Picky"/>, but takes everything.</summary>
public sealed record Loose(int Level);

public sealed record Demanding
{
    public required string Name { get; init; }

    public required int Count { get; init; }
}

public sealed record OnlyName(string Name);
