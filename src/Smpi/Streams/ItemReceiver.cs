using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>The items of one stream that came and were not taken. The reader fills one list, and hands it over with its batch; the consumer empties the other.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class ItemReceiver<T>(Link link, MessageId id, bool isReply, Action<ItemReceiver<T>>? left) : LaneItem, IAsyncEnumerator<T>, IAsyncEnumerable<T>, IValueTaskSource<bool>, IReadBatch
{
    private readonly Lock _gate = new();
    private readonly CreditLedger _ledger = new(link.OwnLimits.StreamWindow, link.OwnLimits.MaxStreamWindow, link.Windows, link.Time);
    private ManualResetValueTaskSourceCore<bool> _source;
    private CancellationTokenRegistration _registration;
    private ContextReturn? _return;
    private T[] _batch = [];
    private T[] _incoming = [];
    private T[] _taken = [];
    private int _batchCount;
    private int _incomingCount;
    private int _takenCount;
    private int _next;
    private long _batchOctets;
    private long _incomingOctets;
    private long _takenOctets;
    private Exception? _error;
    private bool _ended;
    private bool _waiting;
    private bool _left;

    public T Current { get; private set; } = default!;

    /// <summary>Adds an item; for the reader, who publishes it with its batch. False when the stream overflowed, which only happens where the format cannot say credit.</summary>
    public bool Add(T item, long octets)
    {
        if (!link.Traits.Credit && Volatile.Read(ref _incomingOctets) + _batchOctets is > 0 and var waiting && waiting + octets > link.OwnLimits.MaxStreamWindow) return false;
        if (_batchCount == 0) link.Begin(this);
        if (_batchCount == _batch.Length) Array.Resize(ref _batch, Math.Max(16, _batchCount * 2));
        _batch[_batchCount++] = item;
        _batchOctets += Math.Max(octets, 1);
        return true;
    }

    /// <inheritdoc/>
    public void Publish()
    {
        int count = _batchCount;
        if (count == 0) return;
        bool wake;
        lock (_gate)
        {
            if (_ended || _left) Array.Clear(_batch, 0, count);
            else if (_incomingCount == 0) (_incoming, _batch) = (_batch, _incoming);
            else Append(count);
            if (!_ended && !_left)
            {
                _incomingCount += count;
                _incomingOctets += _batchOctets;
            }

            wake = _waiting;
            _waiting = false;
        }

        (_batchCount, _batchOctets) = (0, 0);
        if (wake) link.Completions.Add(this);
    }

    /// <summary>Ends the stream after the items that were published.</summary>
    /// <param name="error">Why; null when it is complete.</param>
    public void End(Exception? error)
    {
        bool wake;
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            _error = error;
            wake = _waiting;
            _waiting = false;
        }

        if (wake) link.Completions.Send(this);
    }

    private void Append(int count)
    {
        if (_incoming.Length < _incomingCount + count) Array.Resize(ref _incoming, Math.Max(_incoming.Length * 2, _incomingCount + count));
        Array.Copy(_batch, 0, _incoming, _incomingCount, count);
        Array.Clear(_batch, 0, count);
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_next < _takenCount)
        {
            Current = _taken[_next++];
            return new ValueTask<bool>(true);
        }

        return Swap();
    }

    public override void Run() => _source.SetResult(true);

    public override void Refuse(ObjectDisposedException error)
    {
        End(Link.LoopEnded(error));
        Run();
    }

    public bool GetResult(short token)
    {
        _source.GetResult(token);
        _source.Reset();
        ValueTask<bool> next = Swap();
        return next.Result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ContextReturn.OnCompleted(ref _source, ref _return, continuation, state, token, flags);

    /// <summary>Cancels a call of this side with a token, for as long as its items are read.</summary>
    public void CancelWith(ulong callId, OutgoingCall call, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled) return;
        _registration = cancellation.UnsafeRegister(static (state, token) =>
        {
            (OutgoingCall call, ulong callId) = ((OutgoingCall, ulong))state!;
            call.Abandon(callId, new OperationCanceledException(token));
        }, (call, callId));
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static (state, token) => ((ItemReceiver<T>)state!).End(new OperationCanceledException(token)), this);
        }

        return this;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_left) return default;
            _left = true;
        }

        _registration.Dispose();
        _ledger.Release();
        left?.Invoke(this);
        return default;
    }

    private ValueTask<bool> Swap()
    {
        long consumed;
        lock (_gate)
        {
            consumed = _takenOctets;
            Array.Clear(_taken, 0, _takenCount);
            (_taken, _incoming) = (_incoming, _taken);
            (_takenCount, _takenOctets) = (_incomingCount, _incomingOctets);
            (_incomingCount, _incomingOctets, _next) = (0, 0, 0);
            if (_takenCount == 0)
            {
                if (_error is not null) return ValueTask.FromException<bool>(_error);
                if (_ended) return new ValueTask<bool>(false);
                _waiting = true;
            }
        }

        Grant(consumed);
        if (_takenCount == 0) return new ValueTask<bool>(this, _source.Version);
        Current = _taken[_next++];
        return new ValueTask<bool>(true);
    }

    private void Grant(long consumed)
    {
        if (consumed == 0 || !link.Traits.Credit || _ended) return;
        long grant = _ledger.Consume(consumed);
        if (grant > 0) link.SendCredit(id, isReply, grant);
    }
}
