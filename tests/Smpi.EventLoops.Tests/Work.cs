namespace Smpi.Tests;

/// <summary>A work item that runs an action, as a lane would run its messages.</summary>
internal sealed class Work(Action action) : IThreadPoolWorkItem
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Execute() => action();

    /// <summary>Posts the function and returns what it returned there.</summary>
    public static async Task<T> RunAsync<T>(IEventLoopBinding loop, Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(new Work(() => done.SetResult(function())));
        return await done.Task.WaitAsync(Patience).ConfigureAwait(false);
    }
}
