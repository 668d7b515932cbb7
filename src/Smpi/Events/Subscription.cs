using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One subscriber: its queue, its policy, and its handler, which runs for one event at a time.</summary>
internal sealed class Subscription<T> : ISubscription, ISubscriptionTurns, IFailureCount
{
    private const int Burst = 32;

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
    private EventGap? _gap;
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
        if (!isHeld) link.EventConsumed(octets);
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
                _queue.Enqueue((value, headers, default));
                Interlocked.Increment(ref _dropped);
                return null;
            }

            // Room for a burst at once, so that a subscription that is late now and then does not grow each time it is later than before.
            if (_queue.Capacity == 0) _queue.EnsureCapacity(Math.Min(capacity, Burst));
            isHeld = holds;
            _queue.Enqueue((value, headers, !holds ? default : ticket is null ? new EventShare(link, octets) : new EventShare(ticket)));
            if (policy == WhenFull.Wait && !link.Traits.Credit && _queue.Count >= capacity)
            {
                pause = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        if (_ownLane is null && link.Handlers.TryRepeat(_lastTurn)) return pause;
        SubscriptionTurn turn = _lastTurn = _turns.Rent() ?? new SubscriptionTurn(this);
        if (_ownLane is not null) _ownLane.Send(turn);
        else link.Handlers.Add(turn);
        return pause;
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

    public void Announce(EventGap gap)
    {
        if (_options.OnGap is null) return;
        lock (_gate) _gap = _gap is { } before ? Both(before, gap) : gap;
        SubscriptionTurn turn = new SubscriptionTurn(new GapTurn(this));
        Lane? lane = _ownLane ?? _owner.CurrentLink?.Handlers;
        lane?.Send(turn);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            while (_queue.TryDequeue(out (T Value, Headers? Headers, EventShare Share) waiting)) waiting.Share.Release();
            _room?.TrySetResult();
        }

        _removed(this);
        UserCode.Cancel(_stopped, _owner.Diagnostics, _subject);
        _completion.TrySetResult();
    }

    private void Overflow(Link link)
    {
        string text = $"The subscription to '{_subject}' held {_queue.Count} events and its handler was too slow for more"
            + (link.Traits.Credit ? "." : $"; the format '{link.Connection.Info.Format}' cannot hold the publisher back.");
        _completion.TrySetException(new FaultException(ErrorCode.ResourceExhausted, text));
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Dispose(), this, preferLocal: false);
    }

    private void HandleDue()
    {
        while (Next(out T value))
        {
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
        bool more;
        lock (_gate) more = _due > 0 && _queue.Count > 0 && !_disposed;
        if (!more) return;

        // The next event starts on the loop again, not where this handler happened to end.
        Lane? lane = _ownLane ?? _owner.CurrentLink?.Handlers;
        if (lane is null) HandleDue();
        else lane.Send(new SubscriptionTurn(new ResumeTurn(this)));
    }

    private bool Next(out T value)
    {
        value = default!;
        lock (_gate)
        {
            if (_busy || _disposed || _due == 0) return false;
            _due--;
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

    // Two gaps that were not told yet become one.
    private static EventGap Both(EventGap first, EventGap second) => new(first.Lost is { } one && second.Lost is { } two ? one + two : null, second.Reason);

    private void Tell(EventGap gap)
    {
        try
        {
            _options.OnGap!(gap);
        }
        catch (Exception error)
        {
            CountFailure(error);
        }
    }

    private sealed class ResumeTurn(Subscription<T> subscription) : ISubscriptionTurns
    {
        public void Joined(SubscriptionTurn turn)
        {
        }

        public void TakeTurn(SubscriptionTurn? turn, bool refused)
        {
            if (refused) subscription.Dispose();
            else subscription.HandleDue();
        }
    }

    private sealed class GapTurn(Subscription<T> subscription) : ISubscriptionTurns
    {
        public void Joined(SubscriptionTurn turn)
        {
        }

        public void TakeTurn(SubscriptionTurn? turn, bool refused)
        {
            EventGap? gap;
            lock (subscription._gate) (gap, subscription._gap) = (subscription._gap, null);
            if (gap is { } told && !refused) subscription.Tell(told);
        }
    }
}
