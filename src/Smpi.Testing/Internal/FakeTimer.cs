namespace Smpi;

/// <summary>A timer of a <see cref="FakeClock"/>; its fields belong to the clock's lock.</summary>
internal sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
{
    public static IComparer<FakeTimer> ByDueTime { get; } =
        Comparer<FakeTimer>.Create((left, right) => left.Due != right.Due ? left.Due.CompareTo(right.Due) : left.Order.CompareTo(right.Order));

    public long Due { get; set; }

    public long Order { get; set; }

    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Set(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
