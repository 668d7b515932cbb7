namespace Smpi;

/// <summary>A lane, or the continuation of an await in a handler.</summary>
/// <param name="Callback">The continuation; null when <paramref name="State"/> is a work item.</param>
/// <param name="State">The work item, or the continuation's state.</param>
internal readonly record struct LoopItem(SendOrPostCallback? Callback, object? State)
{
    public void Run()
    {
        if (Callback is null) ((IThreadPoolWorkItem)State!).Execute();
        else Callback(State);
    }
}
