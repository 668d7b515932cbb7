using System.Diagnostics;

namespace Smpi.Bench.Serial;

/// <summary>Runs a workload in windows.</summary>
internal static class Measure
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    public static Result Run(Workload workload, Options options)
    {
        var link = Link.Open(workload.Encoding);
        RunFor(workload, link, options.WarmUp);

        // What the warm-up left behind is not collected in a window.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        double[] windows = new double[options.Windows];
        long operations = 0;
        long before = GC.GetTotalAllocatedBytes(true);
        for (int number = 0; number < windows.Length; number++)
        {
            (long count, double nanoseconds) = RunFor(workload, link, Window);
            windows[number] = nanoseconds / count;
            operations += count;
        }

        long bytes = GC.GetTotalAllocatedBytes(true) - before;
        link.Close();
        Array.Sort(windows);
        return new Result(workload.Name, (windows[(windows.Length - 1) / 2] + windows[windows.Length / 2]) / 2, windows[0], (double)bytes / operations);
    }

    private static (long Count, double Nanoseconds) RunFor(Workload workload, Link link, TimeSpan time)
    {
        long count = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan taken;
        do
        {
            count += workload.Run(link);
            taken = Stopwatch.GetElapsedTime(start);
        }
        while (taken < time);

        return (count, taken.TotalNanoseconds);
    }
}
