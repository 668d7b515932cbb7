namespace Smpi;

/// <summary>A tick while lanes are busy: it sends what a blocked drainer holds back, and lets others go on beside it.</summary>
/// <remarks>It is scheduling, not semantics, so it runs on real time even where the channel's clock is simulated.</remarks>
internal sealed class LaneWatch(Action tick) : IDisposable
{
    private const int Period = 10;
    private const int IdleTicks = 5;

    private readonly Lock _gate = new();
    private Timer? _timer;
    private volatile bool _touched;
    private bool _running;
    private bool _disposed;
    private int _idle;

    /// <summary>Says that a lane is busy.</summary>
    public void Touch()
    {
        if (_touched) return;
        _touched = true;
        lock (_gate)
        {
            if (_running || _disposed) return;
            _running = true;
            _idle = 0;
            _timer ??= new Timer(static state => ((LaneWatch)state!).Tick(), this, Timeout.Infinite, Timeout.Infinite);
            _timer.Change(Period, Period);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _idle = _touched ? 0 : _idle + 1;
            _touched = false;
            if (_idle > IdleTicks)
            {
                _running = false;
                _timer!.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }

        tick();
    }
}
