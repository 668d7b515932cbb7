namespace Smpi;

/// <summary>Brings the continuations of awaits in handlers back to their loop.</summary>
internal sealed class LoopContext(LoopQueue queue, IEventLoopBinding owner) : SynchronizationContext
{
    public IEventLoopBinding Owner => owner;

    public override void Post(SendOrPostCallback d, object? state)
    {
        // A handler that is still awaiting when its loop ends must come to its end somewhere.
        if (!queue.TryAdd(new LoopItem(d, state))) base.Post(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (ReferenceEquals(Current, this))
        {
            d(state);
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => Complete(d, state, done), null);
        done.Task.GetAwaiter().GetResult();
    }

    public override SynchronizationContext CreateCopy() => this;

    private static void Complete(SendOrPostCallback d, object? state, TaskCompletionSource done)
    {
        try
        {
            d(state);
            done.SetResult();
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
}
