namespace Smpi.Tests;

public sealed class FakeClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)));

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        long before = _clock.GetTimestamp();
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(before));
        _clock.Advance(90 * Second);
        Assert.Equal(90 * Second, _clock.GetElapsedTime(before));
        Assert.Equal(90 * Second, _clock.Elapsed);
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 3, 6, 36, TimeSpan.Zero), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetLocalNow().Offset);
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        var fired = new List<string>();
        ITimer Timer(string name, TimeSpan due, TimeSpan period) => _clock.CreateTimer(_ => fired.Add($"{name}@{_clock.Elapsed.TotalSeconds}"), null, due, period);
        using ITimer late = Timer("late", 3 * Second, Timeout.InfiniteTimeSpan);
        using ITimer first = Timer("a", 2 * Second, Timeout.InfiniteTimeSpan);
        using ITimer second = Timer("b", 2 * Second, Timeout.InfiniteTimeSpan);
        using ITimer beat = Timer("beat", Second, 2 * Second);
        Assert.Equal(4, _clock.Timers);
        _clock.Advance(5 * Second);
        Assert.Equal(["beat@1", "a@2", "b@2", "late@3", "beat@3", "beat@5"], fired);
        Assert.Equal(1, _clock.Timers);
    }

    [Fact]
    public void A_timer_set_by_a_timer_fires_within_the_same_advance()
    {
        int chain = 0;
        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                if (++chain < 5) timer!.Change(Second, Timeout.InfiniteTimeSpan);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Assert.Equal(0, _clock.Timers);
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, chain);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(1, chain);
        _clock.Advance(10 * Second);
        Assert.Equal(5, chain);
        timer.Dispose();
        Assert.False(timer.Change(Second, Second));
        _clock.Advance(10 * Second);
        Assert.Equal(5, chain);
    }

    [Fact]
    public async Task Delays_and_cancellation_follow_the_clock()
    {
        Task delay = Task.Delay(10 * Second, _clock);
        using var cancel = new CancellationTokenSource(5 * Second, _clock);
        _clock.Advance(5 * Second - TimeSpan.FromTicks(1));
        Assert.False(cancel.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(cancel.IsCancellationRequested);
        Assert.False(delay.IsCompleted);
        Task wait = new TaskCompletionSource().Task.WaitAsync(2 * Second, _clock);
        _clock.Advance(5 * Second);
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => wait);
    }
}
