namespace Smpi;

internal sealed class TaskSchedulerLoop(TaskScheduler scheduler) : IEventLoopBinding
{
    private static readonly Action<object?> Run = static work => ((IThreadPoolWorkItem)work!).Execute();

    public bool ShouldYield => false;

    public bool IsHere => ReferenceEquals(TaskScheduler.Current, scheduler);

    public void Post(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        bool suppressed = !ExecutionContext.IsFlowSuppressed();
        AsyncFlowControl flow = suppressed ? ExecutionContext.SuppressFlow() : default;
        try
        {
            _ = Task.Factory.StartNew(Run, work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
        catch (TaskSchedulerException error)
        {
            throw new ObjectDisposedException($"The task scheduler {scheduler.GetType().Name} takes no more work: {error.InnerException?.Message}", error);
        }
        finally
        {
            if (suppressed) flow.Undo();
        }
    }

    public override string ToString() => $"the task scheduler {scheduler.GetType().Name}";
}
