using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Runs a call inside its middleware.</summary>
internal static class Pipeline
{
    /// <summary>Runs a call that has one result.</summary>
    public static async ValueTask<TResult> RunAsync<TContext, TResult>(
        IList<Func<TContext, Func<Task>, Task>> middleware, TContext context, string subject, Func<ValueTask<TResult>> call)
    {
        bool called = false;
        TResult result = default!;
        await Next(0)().ConfigureAwait(false);
        return called ? result : throw Swallowed(subject);

        Func<Task> Next(int index) => index < middleware.Count ? () => middleware[index](context, Next(index + 1)) : CallAsync;

        async Task CallAsync()
        {
            result = await call().ConfigureAwait(false);
            called = true;
        }
    }

    /// <summary>Runs a call that is a stream: what comes next ends when the stream has ended.</summary>
    public static async IAsyncEnumerable<TItem> RunStreamAsync<TContext, TItem>(
        IList<Func<TContext, Func<Task>, Task>> middleware, TContext context, string subject, Func<IAsyncEnumerable<TItem>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task around = Next(0)();
        if (await Task.WhenAny(begun.Task, around).ConfigureAwait(false) == around && !begun.Task.IsCompleted)
        {
            await around.ConfigureAwait(false);
            throw Swallowed(subject);
        }

        IAsyncEnumerator<TItem>? items = null;
        try
        {
            items = Open(open, ended, cancellationToken);
            while (await MoveAsync(items, ended).ConfigureAwait(false)) yield return items.Current;
        }
        finally
        {
            if (items is not null) await LeaveAsync(items, ended).ConfigureAwait(false);
            ended.TrySetResult();
            await around.ConfigureAwait(false);
        }

        Func<Task> Next(int index) => index < middleware.Count ? () => middleware[index](context, Next(index + 1)) : BeginAsync;

        Task BeginAsync()
        {
            begun.TrySetResult();
            return ended.Task;
        }
    }

    private static IAsyncEnumerator<TItem> Open<TItem>(Func<IAsyncEnumerable<TItem>> open, TaskCompletionSource ended, CancellationToken ct)
    {
        try
        {
            return open().GetAsyncEnumerator(ct);
        }
        catch (Exception error)
        {
            ended.TrySetException(error);
            throw;
        }
    }

    private static async ValueTask LeaveAsync<TItem>(IAsyncEnumerator<TItem> items, TaskCompletionSource ended)
    {
        try
        {
            await items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Without it the middleware would wait for ever.
            ended.TrySetException(error);
            throw;
        }
    }

    private static async ValueTask<bool> MoveAsync<TItem>(IAsyncEnumerator<TItem> items, TaskCompletionSource ended)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The middleware sees the failure of the stream, and may throw another in its place.
            ended.TrySetException(error);
            throw;
        }
    }

    private static FaultException Swallowed(string subject) =>
        new(ErrorCode.Internal, $"The middleware around '{subject}' neither went on nor refused the call: it must call next or throw.");
}
