namespace Smpi;

/// <summary>Work that starts in order on an event loop: the handlers of a peer, its completions, or a subscription with a loop of its own.</summary>
/// <remarks>
/// One drainer runs at a time, with at most one post outstanding. A drainer that is stuck in user code is noticed by <see cref="CheckStalled"/>, which posts
/// another one: what waits behind it starts then, still in order. The queue is bounded by what feeds it: call limits, credit, and the capacity of subscriptions.
/// </remarks>
internal sealed class Lane(IEventLoopBinding loop, Outlet? outlet, LaneWatch? watch) : IThreadPoolWorkItem
{
    private const int MaxDrainers = 256;

    private readonly Lock _gate = new();
    private LaneItem? _head;
    private LaneItem? _tail;
    private int _drainers;
    private int _posted;
    private long _taken;
    private long _seen;

    /// <summary>Asked before an item is taken; false holds the lane until the next <see cref="Kick"/>.</summary>
    public Func<bool>? MayRun { get; init; }

    /// <summary>Whether the lane may also run on a pool thread that happens to be free.</summary>
    public bool IsOnPool => loop is ThreadPoolLoop;

    public void Add(LaneItem item)
    {
        lock (_gate)
        {
            if (_tail is null) _head = item;
            else _tail.NextInLane = item;
            _tail = item;
        }
    }

    /// <summary>Adds an item and makes sure that it runs.</summary>
    public void Send(LaneItem item)
    {
        Add(item);
        Kick();
    }

    /// <summary>Posts the lane unless it is empty or being drained.</summary>
    public void Kick()
    {
        if (Claim()) Post();
    }

    /// <summary>Becomes the drainer, to call <see cref="Execute"/> next.</summary>
    public bool Claim()
    {
        lock (_gate)
        {
            if (_head is null || MayRun?.Invoke() == false) return false;
            if (_drainers == 0)
            {
                _drainers++;
                _posted++;
                return true;
            }
        }

        // The drainer may be stuck for so long already that the watch has gone to sleep.
        watch?.Touch();
        return false;
    }

    public void Execute()
    {
        watch?.Touch();
        bool corked = outlet?.Cork() ?? false;
        lock (_gate) _posted--;
        while (Take() is { } item)
        {
            item.Run();
            if (!loop.ShouldYield) continue;
            lock (_gate)
            {
                if (_head is null) continue;
                _posted++;
            }

            Post();
            break;
        }

        if (corked) outlet!.Uncork();
    }

    /// <summary>Posts a further drainer when nothing was taken since the last call though something waits.</summary>
    public void CheckStalled()
    {
        lock (_gate)
        {
            bool stalled = _head is not null && _drainers is > 0 and < MaxDrainers && _posted == 0 && _taken == _seen && MayRun?.Invoke() != false;
            _seen = _taken;
            if (!stalled) return;
            _drainers++;
            _posted++;
        }

        Post();
    }

    private LaneItem? Take()
    {
        lock (_gate)
        {
            LaneItem? item = MayRun?.Invoke() == false ? null : _head;
            if (item is null)
            {
                _drainers--;
                return null;
            }

            _head = item.NextInLane;
            if (_head is null) _tail = null;
            item.NextInLane = null;
            _taken++;
            return item;
        }
    }

    private void Post()
    {
        try
        {
            loop.Post(this);
        }
        catch (ObjectDisposedException error)
        {
            lock (_gate) _posted--;
            while (Take() is { } item) item.Refuse(error);
        }
    }
}
