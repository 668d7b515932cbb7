namespace Smpi.Bench;

/// <summary>One thing to measure: it does its work for about the given time and says how many operations that were.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Limit">The name of the workload that is the machine's own limit for it; null for a limit itself.</param>
/// <param name="Run">Does the work.</param>
/// <param name="Channel">The channel whose server tells its own usage; null for raw sockets.</param>
internal sealed record Workload(string Name, string? Limit, Func<TimeSpan, Task<long>> Run, ISmpiChannel? Channel);
