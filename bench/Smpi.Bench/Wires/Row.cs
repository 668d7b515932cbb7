using System.Text.Json.Serialization;

namespace Smpi.Bench;

/// <summary>The small record of every workload.</summary>
[SmpiMessage("row")]
internal sealed record Row(int Id, string Name, double Value) : IRequest<Row>
{
    public static Row Sample { get; } = new(42, "sixteen letters!", 3.25);
}

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
[JsonSerializable(typeof(Nested))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
internal sealed partial class BenchJson : JsonSerializerContext;
