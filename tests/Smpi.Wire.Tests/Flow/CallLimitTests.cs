using System.Diagnostics;

namespace Smpi.Wire.Tests.Flow;

public sealed class CallLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void A_call_is_due_when_its_limit_has_passed_and_little_later(int seconds)
    {
        var limit = new CallLimit(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        for (int turn = 0; turn < 1000; turn++)
        {
            long before = Stopwatch.GetTimestamp();
            long due = limit.Due(TimeProvider.System);
            TimeSpan late = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp() + (long)(seconds * (double)Stopwatch.Frequency), due);
            TimeSpan early = Stopwatch.GetElapsedTime(due, before + (long)(seconds * (double)Stopwatch.Frequency));
            Assert.True(late <= CallClock.Behind, $"It is due {late.TotalMilliseconds} ms late.");

            // A machine that stands still may keep its coarse clock back.
            Assert.True(early <= TimeSpan.FromMilliseconds(500), $"It is due {early.TotalMilliseconds} ms early.");
        }
    }

    [Fact]
    public void A_call_without_a_limit_is_never_due()
    {
        Assert.Equal(long.MaxValue, CallLimit.None.Due(TimeProvider.System));
        Assert.Equal(0, CallLimit.None.Milliseconds);
    }
}
