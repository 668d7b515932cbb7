namespace Smpi.Bench.Serial;

/// <summary>Something to measure.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Encoding">The encoding of both sides.</param>
/// <param name="Run">Does a batch of operations, some milliseconds of them, and says how many.</param>
internal sealed record Workload(string Name, Func<IEncoding> Encoding, Func<Link, long> Run);
