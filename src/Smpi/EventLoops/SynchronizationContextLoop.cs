using System.ComponentModel;

namespace Smpi;

internal sealed class SynchronizationContextLoop : IEventLoopBinding
{
    private readonly SynchronizationContext _context;
    private readonly SendOrPostCallback _run;
    private readonly TimeSlice _slice;

    public SynchronizationContextLoop(SynchronizationContext context, TimeProvider time)
    {
        _context = context;
        _run = Run;
        _slice = new TimeSlice(time);
    }

    public bool ShouldYield => _slice.IsOver;

    public bool IsHere => ReferenceEquals(SynchronizationContext.Current, _context);

    public void Post(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            _context.Post(_run, work);
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidAsynchronousStateException)
        {
            throw new ObjectDisposedException($"The synchronization context {_context.GetType().Name} takes no more work: {error.Message}", error);
        }
    }

    public override string ToString() => $"the synchronization context {_context.GetType().Name}";

    private void Run(object? work)
    {
        _slice.Start();
        ((IThreadPoolWorkItem)work!).Execute();
    }
}
