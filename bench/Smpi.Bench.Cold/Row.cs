using System.Text.Json.Serialization;

namespace Smpi.Bench.Cold;

/// <summary>The small record of the benchmark.</summary>
[SmpiMessage("row")]
internal sealed record Row(int Id, string Name, double Value) : IRequest<Row>;

[JsonSerializable(typeof(Row))]
internal sealed partial class ColdJson : JsonSerializerContext;
