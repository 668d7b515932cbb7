namespace Smpi.Bench.Serial;

/// <summary>What one workload took.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Median">Nanoseconds for an operation in the middle window.</param>
/// <param name="Best">Nanoseconds for an operation in the fastest window.</param>
/// <param name="Bytes">Bytes allocated for an operation, by both sides.</param>
internal sealed record Result(string Name, double Median, double Best, double Bytes);
