using System.Runtime.CompilerServices;

namespace Smpi.Conformance;

/// <summary>How long a test waits for what must happen.</summary>
internal static class Patience
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    public static Task Soon(this ValueTask task) => task.AsTask().WaitAsync(Limit);

    /// <summary>Polls a condition until it holds.</summary>
    public static async Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit) Assert.Fail($"Waited {Limit.TotalSeconds:0} s in vain for: {text}");
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>Polls a number until it stays the same over many polls; for what must come to rest by itself.</summary>
    public static async Task<long> RestAsync(Func<long> number)
    {
        const int Polls = 40;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        long last = number();
        for (int same = 0; same < Polls; same++)
        {
            await tick.WaitForNextTickAsync();
            long now = number();
            if (now != last) same = 0;
            last = now;
        }

        return last;
    }
}
