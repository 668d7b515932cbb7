namespace Smpi.Bench;

/// <summary>One round of a workload; octets and microseconds are for one operation.</summary>
/// <param name="PerSecond">Operations per second.</param>
/// <param name="ClientOctets">Octets allocated by this process.</param>
/// <param name="ServerOctets">Octets allocated by the server.</param>
/// <param name="ClientUser">Processor microseconds of this process in user mode, which is seconds for a million operations.</param>
/// <param name="ClientSystem">The same in the kernel.</param>
/// <param name="ServerUser">Processor microseconds of the server in user mode.</param>
/// <param name="ServerSystem">The same in the kernel.</param>
/// <param name="Gen2">Collections of the oldest generation, both sides together, in the whole round.</param>
internal readonly record struct Measure(
    double PerSecond, double ClientOctets, double ServerOctets, double ClientUser, double ClientSystem, double ServerUser, double ServerSystem, long Gen2)
{
    public double Cpu => ClientUser + ClientSystem + ServerUser + ServerSystem;
}
