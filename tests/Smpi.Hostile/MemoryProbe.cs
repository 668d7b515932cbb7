using System.Runtime;

namespace Smpi.Hostile;

/// <summary>Measures what the managed heap holds. Run such tests alone: whatever else runs in the process counts too.</summary>
public static class MemoryProbe
{
    /// <summary>Bytes of live objects, after everything that can go is gone.</summary>
    public static long Held()
    {
        for (int round = 0; round < 2; round++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>How many bytes more are held after the action than before it.</summary>
    public static async Task<long> GrowthAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        long before = Held();
        await action().ConfigureAwait(false);
        return Held() - before;
    }

    /// <summary>The most that is held, sampled while the action runs and after it, above what was held before.</summary>
    public static async Task<long> PeakGrowthAsync(Func<Task> action, TimeSpan? every = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        long before = Held();
        long most = before;
        Task running = action();
        using var timer = new PeriodicTimer(every ?? TimeSpan.FromMilliseconds(200));
        while (!running.IsCompleted)
        {
            Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
            await Task.WhenAny(running, tick).ConfigureAwait(false);
            if (running.IsCompleted) break;
            await tick.ConfigureAwait(false);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        await running.ConfigureAwait(false);
        return Math.Max(most, Held()) - before;
    }
}
