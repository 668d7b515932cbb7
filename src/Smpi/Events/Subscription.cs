using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One subscriber: its queue, its policy, and its handler, which runs for one event at a time.</summary>
internal sealed class Subscription<T> : ISubscription, ISubscriptionTurns, IFailureCount
{
    private readonly Lock _gate = new();
    private readonly ChannelBase _owner;
    private readonly string _subject;
    private readonly Func<T, CancellationToken, ValueTask> _handler;
    private readonly SubscriptionOptions _options;
    private readonly Action<Subscription<T>> _removed;
    private readonly Queue<(T Value, Headers? Headers, EventShare Share)> _queue = new();
    private readonly Pool<SubscriptionTurn> _turns = new();
    private readonly Lane? _ownLane;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;
    private EventShare _current;
    private SubscriptionTurn? _lastTurn;
    private TaskCompletionSource? _room;
    private Action? _handled;
    private PlacedGaps? _gaps;
    private EventGap _gap;
    private Lane? _lane;
    private TaskCompletionSource? _whenHandled;
    private long _dropped;
    private long _droppedBefore;
    private long _failed;
    private int _due;
    private bool _busy;
    private bool _disposed;

    public Subscription(ChannelBase owner, string subject, Func<T, CancellationToken, ValueTask> handler, SubscriptionOptions options, Action<Subscription<T>> removed)
    {
        _owner = owner;
        _subject = subject;
        _handler = handler;
        _options = options;
        _removed = removed;
        if (options.EventLoop is { } loop) _ownLane = new Lane(loop, null, null, owner.Diagnostics);
    }

    public long Dropped => Interlocked.Read(ref _dropped);

    public long Failed => Interlocked.Read(ref _failed);

    public Task Completion => _completion.Task;

    /// <summary>The header fields of the event that is being handled; for its handler, until it awaits.</summary>
    public Headers? CurrentHeaders { get; private set; }

    /// <summary>Queues an event that nobody else takes. Called by the reader only.</summary>
    /// <returns>What reading has to wait for; null in the usual case.</returns>
    public Task? Offer(Link link, T value, Headers? headers, long octets)
    {
        Task? pause = Offer(link, value, headers, null, octets, out bool isHeld);
        if (!isHeld) link.Flow.EventConsumed(octets);
        return pause;
    }

    /// <summary>Queues an event that others take too. Called by the reader only.</summary>
    /// <returns>What reading has to wait for; null in the usual case.</returns>
    public Task? Offer(Link link, T value, Headers? headers, EventTicket ticket) => Offer(link, value, headers, ticket, 0, out _);

    private Task? Offer(Link link, T value, Headers? headers, EventTicket? ticket, long octets, out bool isHeld)
    {
        isHeld = false;
        WhenFull policy = _options.WhenFull ?? (link.Traits.Credit ? WhenFull.Wait : WhenFull.Fail);
        int capacity = policy == WhenFull.KeepLatest ? 1 : Math.Max(1, _options.Capacity);
        bool holds = policy == WhenFull.Wait && link.Traits.Credit;
        Task? pause = null;
        lock (_gate)
        {
            if (_disposed) return null;
            if (policy != WhenFull.Wait && _queue.Count >= capacity)
            {
                if (policy == WhenFull.Fail)
                {
                    Overflow(link);
                    return null;
                }

                // The turn of the event that goes serves the one that comes.
                _queue.Dequeue().Share.Release();
                _gaps?.EventLeft();
                _queue.Enqueue((value, headers, default));
                Interlocked.Increment(ref _dropped);
                return null;
            }

            // Room for a burst at once, so that a subscription that is late now and then does not grow each time it is later than before.
            if (_queue.Capacity == 0) _queue.EnsureCapacity(Math.Min(capacity, EventQueue.Burst));
            isHeld = holds;
            _queue.Enqueue((value, headers, !holds ? default : ticket is null ? new EventShare(link, octets) : new EventShare(ticket)));
            if (policy == WhenFull.Wait && !link.Traits.Credit && _queue.Count >= capacity)
            {
                pause = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        AddTurn(link);
        return pause;
    }

    private void AddTurn(Link link)
    {
        if (_ownLane is null && link.Handlers.TryRepeat(_lastTurn)) return;
        if (_lane != link.Handlers) Volatile.Write(ref _lane, link.Handlers);
        SubscriptionTurn turn = _lastTurn = _turns.Rent() ?? new SubscriptionTurn(this);
        if (_ownLane is not null) _ownLane.Send(turn);
        else link.Handlers.Add(turn);
    }

    public void Joined(SubscriptionTurn turn) => _turns.Return(turn);

    public void TakeTurn(SubscriptionTurn? turn, bool refused)
    {
        if (turn is not null) _turns.Return(turn);
        lock (_gate)
        {
            if (refused && !_disposed) _completion.TrySetException(new ObjectDisposedException("event loop", $"The event loop of the subscription to '{_subject}' has ended."));
            _due++;
        }

        if (refused) Dispose();
        else HandleDue();
    }

    public void CountFailure(Exception error)
    {
        Interlocked.Increment(ref _failed);
        _owner.Diagnostics.Report(_subject, error);
    }

    /// <summary>Queues a gap behind the events that have come. Called by the reader of the link, or before it starts.</summary>
    public void Announce(Link link, EventGap gap, bool isNewLink)
    {
        lock (_gate)
        {
            if (_disposed) return;
            int excess = (_gaps ??= new PlacedGaps()).Add(gap, _queue.Count, isNewLink);
            _queue.DropLast(excess);
            Interlocked.Add(ref _dropped, excess);
        }

        AddTurn(link);
    }

    /// <summary>Events that have come and are not handled, and what ends when they are.</summary>
    public int Pending(out Task handled)
    {
        lock (_gate)
        {
            int pending = _disposed ? 0 : _queue.Count + (_gaps?.Count ?? 0) + (_busy ? 1 : 0);
            handled = pending == 0 ? Task.CompletedTask : (_whenHandled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return pending;
        }
    }

    public void Dispose() => End(null);

    /// <summary>Ends the subscription; events that still wait are dropped.</summary>
    /// <param name="error">What its completion fails with; null when it does not fail.</param>
    public void End(Exception? error)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _queue.DropLast(_queue.Count);
            _room?.TrySetResult();
            _whenHandled?.TrySetResult();
        }

        _removed(this);
        UserCode.Cancel(_stopped, _owner.Diagnostics, _subject);

        // Nobody has to look at the completion.
        if (error is null) _completion.TrySetResult();
        else if (_completion.TrySetException(error)) _ = _completion.Task.Exception;
    }

    private void Overflow(Link link)
    {
        _completion.TrySetException(EventQueue.Overflow(link, _subject, _queue.Count));
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Dispose(), this, preferLocal: false);
    }

    private void HandleDue()
    {
        while (Next(out T value, out bool isGap))
        {
            if (isGap)
            {
                Tell(_gap);
                Done();
                continue;
            }

            TellDropped();
            try
            {
                _pending = _handler(value, _stopped.Token).ConfigureAwait(false).GetAwaiter();
                if (!_pending.IsCompleted)
                {
                    _pending.UnsafeOnCompleted(_handled ??= Handled);
                    return;
                }

                _pending.GetResult();
            }
            catch (Exception error)
            {
                if (error is not OperationCanceledException || !_disposed) CountFailure(error);
            }

            Done();
        }
    }

    private void Handled()
    {
        try
        {
            _pending.GetResult();
        }
        catch (Exception error)
        {
            if (error is not OperationCanceledException || !_disposed) CountFailure(error);
        }

        Done();
        lock (_gate)
        {
            if (_disposed || _due == 0 || (_queue.Count == 0 && _gaps is null)) return;

            // The turn that follows counts it again.
            _due--;
        }

        // The next event starts on the loop again, not where this handler happened to end. The lane of a link that was lost works as before.
        (_ownLane ?? Volatile.Read(ref _lane))!.Send(_turns.Rent() ?? new SubscriptionTurn(this));
    }

    private bool Next(out T value, out bool isGap)
    {
        value = default!;
        isGap = false;
        lock (_gate)
        {
            if (_busy || _disposed || _due == 0) return false;
            _due--;
            isGap = _gaps?.TryTake(_queue.Count, out _gap) == true;
            if (isGap) return _busy = true;
            if (!_queue.TryDequeue(out (T Value, Headers? Headers, EventShare Share) next)) return false;
            _busy = true;
            (value, CurrentHeaders, _current) = next;
            _room?.TrySetResult();
            _room = null;
            return true;
        }
    }

    private void Done()
    {
        EventShare share;
        lock (_gate)
        {
            _busy = false;
            (share, _current) = (_current, default);
            if (_whenHandled is not null && _queue.Count + (_gaps?.Count ?? 0) == 0) _whenHandled.TrySetResult();
        }

        share.Release();
    }

    private void TellDropped()
    {
        long dropped = Interlocked.Read(ref _dropped);
        if (dropped == _droppedBefore || _options.OnGap is null) return;
        long lost = dropped - _droppedBefore;
        _droppedBefore = dropped;
        Tell(new EventGap(lost, $"The handler of '{_subject}' was slower than its publisher."));
    }

    private void Tell(EventGap gap)
    {
        try
        {
            _options.OnGap?.Invoke(gap);
        }
        catch (Exception error)
        {
            CountFailure(error);
        }
    }
}
