namespace Smpi.Tests;

internal sealed class SchedulerPair : IDisposable
{
    private readonly ConcurrentExclusiveSchedulerPair _pair = new();

    public TaskScheduler Scheduler => _pair.ExclusiveScheduler;

    public void Dispose() => _pair.Complete();
}
