using System.Text.Json.Serialization;

namespace Smpi.Bench.Micro;

/// <summary>The small record.</summary>
[SmpiRecord]
public sealed record Row(int Id, string Name, double Value);

/// <summary>A payload of many rows.</summary>
[SmpiRecord]
public sealed record Table(IReadOnlyList<Row> Rows);

/// <summary>What is written and read.</summary>
public static class Samples
{
    public static Row Row { get; } = new(42, "sixteen letters!", 3.25);

    public static Table Table { get; } = new([.. Enumerable.Range(0, 100).Select(number => new Row(number, $"row number {number}", number * 1.5))]);
}

[JsonSerializable(typeof(Row))]
[JsonSerializable(typeof(Table))]
internal sealed partial class MicroJson : JsonSerializerContext;
