using System.Text.Json.Serialization;

namespace Smpi.Bench.Serial;

/// <summary>The small record, as request, as answer and as item.</summary>
[SmpiMessage("row")]
internal sealed record Row(int Id, string Name, double Value) : IRequest<Row>
{
    public static Row Sample { get; } = new(42, "sixteen letters!", 3.25);
}

/// <summary>Asks for rows.</summary>
[SmpiMessage("rows")]
internal sealed record Rows(int Count) : IStreamRequest<Row>;

/// <summary>An event that is a value, so that what a delivery allocates is the library's own.</summary>
[SmpiMessage("tick")]
internal readonly record struct Tick(long Number) : IEvent;

[JsonSerializable(typeof(Row))]
[JsonSerializable(typeof(Rows))]
[JsonSerializable(typeof(Tick))]
internal sealed partial class SerialJson : JsonSerializerContext;
