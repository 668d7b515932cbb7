namespace Smpi.Tests;

/// <summary>A context that keeps what is posted until it is drained.</summary>
internal sealed class QueueContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new(64);

    public bool Refuses { get; init; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Refuses) throw new InvalidOperationException("The window is gone.");
        _posted.Enqueue((d, state));
    }

    public void Drain()
    {
        while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) item)) item.Callback(item.State);
    }

    public T Run<T>(Func<T> function)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            return function();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
