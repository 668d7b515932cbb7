using System.Globalization;

namespace Smpi.Bench;

/// <summary>What a process has used so far, told by itself.</summary>
/// <param name="Allocated">Octets allocated.</param>
/// <param name="User">Processor seconds in user mode.</param>
/// <param name="System">Processor seconds in the kernel.</param>
/// <param name="Gen2">Collections of the oldest generation.</param>
/// <param name="Heap">Octets in the managed heap.</param>
/// <param name="Resident">Octets of memory in use, all kinds.</param>
internal readonly record struct Usage(long Allocated, double User, double System, long Gen2, long Heap, long Resident)
{
    public static Usage Now()
    {
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        return new Usage(GC.GetTotalAllocatedBytes(precise: false), cpu.UserTime.TotalSeconds, cpu.PrivilegedTime.TotalSeconds, GC.CollectionCount(2), GC.GetTotalMemory(false), Environment.WorkingSet);
    }

    public static Usage operator -(Usage after, Usage before) => new(
        after.Allocated - before.Allocated,
        after.User - before.User,
        after.System - before.System,
        after.Gen2 - before.Gen2,
        after.Heap - before.Heap,
        after.Resident - before.Resident);

    /// <summary>After everything that can be given back was given back.</summary>
    public static Usage Settled()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Now();
    }

    public static Usage Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new Usage(Long(0), Double(1), Double(2), Long(3), Long(4), Long(5));

        long Long(int index) => long.Parse(parts[index], CultureInfo.InvariantCulture);
        double Double(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Allocated} {User} {System} {Gen2} {Heap} {Resident}");
}
