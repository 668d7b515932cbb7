namespace Smpi.Bench;

/// <summary>One round of a workload.</summary>
/// <param name="PerSecond">Operations per second.</param>
/// <param name="ClientOctets">Octets allocated by this process for each operation.</param>
/// <param name="ServerOctets">Octets allocated by the server for each operation.</param>
/// <param name="CpuMicroseconds">Processor time of both processes for each operation.</param>
internal readonly record struct Measure(double PerSecond, double ClientOctets, double ServerOctets, double CpuMicroseconds);
