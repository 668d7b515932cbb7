using System.Diagnostics;

namespace Smpi;

/// <summary>A clock for the deadlines of calls: it looks at the fine one when the coarse one has moved, and costs a quarter of it otherwise.</summary>
internal static class CallClock
{
    /// <summary>How far behind it usually is at most: the longest step of the coarse clock of any system that keeps its time.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(16);

    [ThreadStatic]
    private static (long Coarse, long Fine) _last;

    /// <summary>A timestamp of the moment at which this thread saw the coarse clock move last.</summary>
    public static long Timestamp()
    {
        long coarse = Environment.TickCount64;
        ref (long Coarse, long Fine) last = ref _last;
        if (last.Coarse != coarse) last = (coarse, Stopwatch.GetTimestamp());
        return last.Fine;
    }
}
