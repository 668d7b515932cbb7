namespace Smpi;

/// <summary>Calls user code from where nobody would catch what it throws: that is reported once, and everything else goes on.</summary>
internal static class UserCode
{
    /// <summary>Calls every subscriber of a callback; one that throws does not keep the others from being called.</summary>
    /// <returns>False when one of them threw.</returns>
    public static bool Call<T>(ChannelDiagnostics diagnostics, string name, Action<T>? callback, T argument)
    {
        if (callback is null) return true;
        bool well = true;
        foreach (Action<T> one in Delegate.EnumerateInvocationList(callback))
        {
            try
            {
                one(argument);
            }
            catch (Exception error)
            {
                well = false;
                diagnostics.Report(name, error);
            }
        }

        return well;
    }

    /// <summary>Calls every subscriber of a callback on the thread pool.</summary>
    public static void Post<T>(ChannelDiagnostics diagnostics, string name, Action<T>? callback, T argument)
    {
        if (callback is null) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static call => Call(call.diagnostics, call.name, call.callback, call.argument),
            (diagnostics, name, callback, argument),
            preferLocal: false);
    }

    /// <summary>A callback that never throws; null for none.</summary>
    public static Action<T>? Guard<T>(ChannelDiagnostics diagnostics, string name, Action<T>? callback) =>
        callback is null ? null : argument => Call(diagnostics, name, callback, argument);

    /// <summary>Cancels a token that user code may have registered callbacks on.</summary>
    /// <remarks>
    /// The token says at once that it is cancelled. Its callbacks run on the thread pool, because neither a reader nor a timer may wait for them, and every one of them
    /// runs, whatever the others throw.
    /// </remarks>
    public static void Cancel(CancellationTokenSource source, ChannelDiagnostics diagnostics, string name)
    {
        Task callbacks;
        try
        {
            callbacks = source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Whoever owned the token has ended by itself.
            return;
        }

        if (!callbacks.IsCompletedSuccessfully) _ = ObserveAsync(callbacks, diagnostics, name);
    }

    /// <summary>As <see cref="Cancel"/>, and waits until the callbacks have run.</summary>
    public static Task CancelAsync(CancellationTokenSource source, ChannelDiagnostics diagnostics, string name) =>
        ObserveAsync(source.CancelAsync(), diagnostics, name);

    /// <summary>Disposes an object of the user.</summary>
    public static async ValueTask DisposeAsync(IAsyncDisposable disposable, ChannelDiagnostics diagnostics, string name)
    {
        try
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            diagnostics.Report(name, error);
        }
    }

    private static async Task ObserveAsync(Task callbacks, ChannelDiagnostics diagnostics, string name)
    {
        await callbacks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The callbacks of linked tokens come in exceptions of their own.
        foreach (Exception error in callbacks.Exception?.Flatten().InnerExceptions ?? []) diagnostics.Report(name, error);
    }
}
