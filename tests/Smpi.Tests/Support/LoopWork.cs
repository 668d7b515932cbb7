namespace Smpi.Tests;

/// <summary>Starts an asynchronous function on an event loop.</summary>
internal sealed class LoopWork<T>(Func<Task<T>> function) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<Task<T>> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Has a result when the function awaits for the first time: its own task.</summary>
    public Task<Task<T>> Started => _started.Task;

    public void Execute() => _started.SetResult(function());
}
