using System.Text.Json.Serialization;

namespace Smpi.Bench;

/// <summary>The small record of every workload.</summary>
[SmpiMessage("row")]
internal sealed record Row(int Id, string Name, double Value) : IRequest<Row>
{
    public static Row Sample { get; } = new(42, "sixteen letters!", 3.25);
}

/// <summary>Asks for rows.</summary>
[SmpiMessage("rows")]
internal sealed record Rows(int Count) : IStreamRequest<Row>;

/// <summary>Asks for the rows that are sent.</summary>
[SmpiMessage("both")]
internal sealed record Both : IDuplexRequest<Row, Row>;

/// <summary>A record within a record, as deep as wanted.</summary>
[SmpiMessage("nested")]
internal sealed record Nested(int Value, Nested? Next) : IRequest<Nested>
{
    public static Nested Of(int depth) => new(depth, depth <= 1 ? null : Of(depth - 1));
}

/// <summary>An event that is a value, so that what a delivery allocates is the library's own.</summary>
[SmpiMessage("tick")]
internal readonly record struct Tick(long Number) : IEvent;

[JsonSerializable(typeof(Row))]
[JsonSerializable(typeof(Rows))]
[JsonSerializable(typeof(Both))]
[JsonSerializable(typeof(Nested))]
[JsonSerializable(typeof(Tick))]
internal sealed partial class BenchJson : JsonSerializerContext;
