namespace Smpi;

/// <summary>One timer for all deadlines of a link. A call costs one comparison; the open calls are looked through only when the nearest deadline passes.</summary>
internal sealed class DeadlineTimer(Link link) : IDisposable
{
    private ITimer? _timer;
    private long _next = long.MaxValue;
    private bool _disposed;

    /// <summary>Makes sure that <paramref name="due"/> is noticed.</summary>
    public void Watch(long due)
    {
        if (due < Volatile.Read(ref _next)) Schedule(due);
    }

    public void Dispose()
    {
        lock (this)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Schedule(long due)
    {
        lock (this)
        {
            if (_disposed || due >= _next) return;
            Volatile.Write(ref _next, due);
            TimeSpan wait = link.Time.GetElapsedTime(link.Time.GetTimestamp(), due);
            if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;

            // Rounded up: a timer that fires a fraction early would find nothing to do.
            wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));
            if (_timer is null) _timer = link.Time.CreateTimer(static state => ((DeadlineTimer)state!).Fire(), this, wait, Timeout.InfiniteTimeSpan);
            else _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (this)
        {
            if (_disposed) return;
            Volatile.Write(ref _next, long.MaxValue);
        }

        long next = link.Expire(link.Time.GetTimestamp());
        if (next != long.MaxValue) Schedule(next);
    }
}
