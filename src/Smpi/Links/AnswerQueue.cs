namespace Smpi;

/// <summary>Calls whose handlers have ended and whose answers wait, unencoded, until the peer has taken what was sent before.</summary>
/// <remarks>It is bounded by the calls that the peer may have open: each keeps its place and its bytes until it is answered.</remarks>
internal sealed class AnswerQueue(Outlet outlet) : IThreadPoolWorkItem
{
    // Guards every field below.
    private readonly Lock _gate = new();
    private InboundCall? _head;
    private InboundCall? _tail;
    private bool _answering;
    private bool _closed;

    /// <summary>Queues a call; false when the link has ended, so that nothing can be answered.</summary>
    public bool TryAdd(InboundCall call)
    {
        lock (_gate)
        {
            if (_closed) return false;
            if (_tail is null) _head = call;
            else _tail.NextInLane = call;
            _tail = call;
        }

        // Room may have come before the call was queued.
        if (!outlet.IsFull) Resume();
        return true;
    }

    /// <summary>Answers what waits, on another thread, until there is no room again.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_answering || _head is null) return;
            _answering = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Ends all calls that wait: nobody is there to be answered.</summary>
    public void Close()
    {
        InboundCall? call;
        lock (_gate)
        {
            _closed = true;
            call = _head;
            _head = _tail = null;
        }

        while (call is not null)
        {
            var next = (InboundCall?)call.NextInLane;
            call.NextInLane = null;
            call.Forget();
            call = next;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        bool corked = outlet.Cork();
        while (!outlet.IsFull && Take() is { } call) call.AnswerNow();
        if (corked) outlet.Uncork();
        lock (_gate) _answering = false;
        if (!outlet.IsFull) Resume();
    }

    private InboundCall? Take()
    {
        lock (_gate)
        {
            if (_head is not { } call) return null;
            _head = (InboundCall?)call.NextInLane;
            if (_head is null) _tail = null;
            call.NextInLane = null;
            return call;
        }
    }
}
