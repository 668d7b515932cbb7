namespace Smpi.Bench.Peers;

/// <summary>The small record of every workload.</summary>
internal sealed record Row(int Id, string Name, double Value);
