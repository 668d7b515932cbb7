using System.Text.Json.Serialization;

namespace Smpi.Bench;

/// <summary>The small record of every workload.</summary>
[SmpiMessage("row")]
internal sealed record Row(int Id, string Name, double Value) : IRequest<Row>;

/// <summary>What a server process says of itself.</summary>
internal sealed record Usage(long Allocated, double CpuSeconds);

[JsonSerializable(typeof(Row))]
[JsonSerializable(typeof(Usage))]
[JsonSerializable(typeof(int))]
internal sealed partial class BenchJson : JsonSerializerContext;
