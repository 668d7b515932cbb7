using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Waits for something to become true, instead of sleeping.</summary>
public static class TestWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Asked again and again, from any thread.</param>
    /// <param name="timeout">The longest wait, in real time; null for 30 s.</param>
    /// <param name="text">The condition's source text, for the message.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time; the message has its source text.</exception>
    public static async Task UntilAsync(Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        TimeSpan longest = timeout ?? TimeSpan.FromSeconds(30);
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(start) >= longest)
            {
                throw new TimeoutException($"Within {longest.TotalSeconds:0.###} s this did not become true: {text}");
            }

            await Task.Delay(Pause, time).ConfigureAwait(false);
        }
    }
}
