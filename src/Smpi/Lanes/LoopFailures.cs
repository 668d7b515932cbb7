namespace Smpi;

/// <summary>What event loops throw when work is posted.</summary>
internal static class LoopFailures
{
    /// <summary>What failures of loops and of the work on them are reported with.</summary>
    public const string Name = "EventLoop";

    /// <summary>Whether it is more than the word of a loop that has ended.</summary>
    public static bool IsUnexpected(Exception error) => error is not ObjectDisposedException { InnerException: not TaskSchedulerException };

    /// <summary>What work is refused with that a loop did not take.</summary>
    public static ObjectDisposedException Ended(Exception error) =>
        error as ObjectDisposedException ?? new ObjectDisposedException($"The event loop took no work: {error.Message}", error);
}
