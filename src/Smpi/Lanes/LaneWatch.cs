using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A tick while lanes are busy: it sends what a blocked drainer holds back, and lets others go on beside it. One for all links of a channel or a server.</summary>
/// <remarks>It is scheduling, not semantics, so it runs on real time even where the channel's clock is simulated.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The timer stops by itself when all lanes are idle, and a stopped one holds nothing.")]
internal sealed class LaneWatch
{
    private const int Period = 10;
    private const int MostKept = 4096;

    private readonly Lock _gate = new();
    private List<WatchedLanes> _busy = [];
    private Timer? _timer;
    private int _ticking;

    /// <summary>Watches lanes until they are idle.</summary>
    public void Add(WatchedLanes lanes)
    {
        lock (_gate)
        {
            if (!lanes.Begin()) return;
            _busy.Add(lanes);
            if (_busy.Count == 1) Start();
        }
    }

    private void Start()
    {
        if (_timer is null)
        {
            // The timer outlives what caused it, and must not keep its context.
            using AsyncFlowControl flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _timer = new Timer(static state => ((LaneWatch)state!).Tick(), this, Timeout.Infinite, Timeout.Infinite);
        }

        _timer.Change(Period, Period);
    }

    private void Tick()
    {
        // With very many busy links a tick may take longer than a period.
        if (Interlocked.Exchange(ref _ticking, 1) != 0) return;
        lock (_gate)
        {
            for (int index = _busy.Count - 1; index >= 0; index--)
            {
                if (_busy[index].Tick()) continue;
                _busy[index] = _busy[^1];
                _busy.RemoveAt(_busy.Count - 1);
            }

            if (_busy.Count == 0)
            {
                _timer!.Change(Timeout.Infinite, Timeout.Infinite);
                if (_busy.Capacity > MostKept) _busy = [];
            }
        }

        Volatile.Write(ref _ticking, 0);
    }
}
