namespace Smpi.Tests;

/// <summary>Waits for something that becomes true by itself.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            if (!await tick.WaitForNextTickAsync(limit.Token)) break;
        }
    }

    /// <summary>Tries until nothing is thrown.</summary>
    public static async Task DoneAsync(Func<Task> action)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (SmpiException)
            {
                await tick.WaitForNextTickAsync(limit.Token);
            }
        }
    }

    /// <summary>Tries until the exception comes.</summary>
    public static async Task<T> ThrowsAsync<T>(Func<Task> action)
        where T : Exception
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            try
            {
                await action();
            }
            catch (T expected)
            {
                return expected;
            }

            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
