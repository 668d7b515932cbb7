using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>The items of one stream that came and were not taken. The reader collects chunks and hands them over with its batch; the consumer empties them.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class ItemReceiver<T>(Link link, MessageId id, bool isReply, string subject, IItemOwner? owner) : LaneItem, IAsyncEnumerator<T>, IAsyncEnumerable<T>, IValueTaskSource<bool>, IReadBatch
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private CancellationTokenRegistration _registration;
    private ContextReturn? _return;

    // What the reader collects.
    private ItemChunk<T>? _batch;
    private ItemChunk<T>? _batchEnd;
    private ItemChunk<T>? _fresh;
    private long _batchCost;

    // What was handed over and not taken yet; guarded by the gate, as what follows.
    private ChunkQueue<T> _incoming;
    private Exception? _error;
    private bool _ended;
    private bool _waiting;
    private bool _left;

    // What the consumer empties: the chunk, and where it is in it.
    private ItemChunk<T>? _taken;
    private ICodec<T>? _codec;
    private byte[] _octets = [];
    private T[] _values = [];
    private int _head;
    private int _next;
    private int _end;
    private bool _decoding;
    private bool _decoded;

    public T Current { get; private set; } = default!;

    /// <summary>What the peer may send on the stream.</summary>
    public StreamCredit Credit { get; } = new(link, id, isReply, subject);

    /// <summary>Adds an item; for the reader, who publishes it with its batch. False when the stream overflowed, which only happens where the format cannot say credit.</summary>
    public bool Add(T item, long cost)
    {
        if (Overflows(cost)) return false;
        ItemChunk<T> chunk = _batchEnd is { Head: 0 } last ? last : Append();
        chunk.Add(item, cost);
        _batchCost += cost;
        return true;
    }

    /// <summary>Adds several items, which are decoded when they are taken; otherwise as <see cref="Add(T, long)"/>.</summary>
    public bool Add(in ItemRun run)
    {
        long cost = Credit.Count(in run);
        if (!TryAppend(cost, out ItemChunk<T>? chunk)) return false;
        chunk.Fill(in run, cost);
        return true;
    }

    /// <summary>Adds a large item, which is decoded when it is taken, and elsewhere where the consumer's thread is not to be busy with that.</summary>
    public bool Add(in ReadOnlySequence<byte> body, long cost, bool elsewhere)
    {
        if (!TryAppend(cost, out ItemChunk<T>? chunk)) return false;
        chunk.Fill(in body, cost, elsewhere);
        return true;
    }

    /// <inheritdoc/>
    public void Publish()
    {
        if (_batch is not { } batch) return;
        bool wake;
        lock (_gate)
        {
            if (!_ended && !_left) _incoming.Add(batch, _batchEnd!, _batchCost);
            _fresh ??= _incoming.TakeSpare();
            wake = _waiting;
            _waiting = false;
        }

        (_batch, _batchEnd, _batchCost) = (null, null, 0);
        if (wake) link.Completions.Add(this);
    }

    /// <summary>Ends the stream after the items that were published.</summary>
    /// <param name="error">Why; null when it is complete.</param>
    /// <param name="drop">Whether items that wait are dropped: nobody has to take them.</param>
    public void End(Exception? error, bool drop = false)
    {
        bool wake;
        lock (_gate)
        {
            if (drop) DropIncoming();
            if (_ended) return;
            _ended = true;
            _error = error;
            wake = _waiting;
            _waiting = false;
        }

        if (wake) link.Completions.Send(this);
    }

    public ValueTask<bool> MoveNextAsync() => _next < _end && TryTake() ? new ValueTask<bool>(true) : Swap();

    public override void Run()
    {
        if (_decoding || !TryDecodeElsewhere()) _source.SetResult(true);
    }

    public override void Refuse(ObjectDisposedException error)
    {
        End(CallFailures.LoopEnded(error));
        Run();
    }

    public bool GetResult(short token)
    {
        _source.GetResult(token);
        _source.Reset();
        bool isDecoded = _decoding && _decoded;
        _decoding = false;
        return isDecoded || Swap().Result;
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
        Credit.Release();
        owner?.ItemsLeft();
        return default;
    }

    private bool Overflows(long cost) =>
        !link.Traits.Credit && Volatile.Read(ref _incoming.Cost) + _batchCost is > 0 and var waiting && waiting + cost > link.OwnLimits.MaxStreamWindow;

    private bool TryAppend(long cost, [NotNullWhen(true)] out ItemChunk<T>? chunk)
    {
        chunk = null;
        if (Overflows(cost)) return false;
        chunk = Append();
        _batchCost += cost;
        return true;
    }

    private ItemChunk<T> Append()
    {
        ItemChunk<T> chunk = _fresh ?? new ItemChunk<T>();
        _fresh = null;
        if (_batchEnd is { } end)
        {
            end.Next = chunk;
        }
        else
        {
            link.Begin(this);
            _batch = chunk;
        }

        return _batchEnd = chunk;
    }

    // False where the item could not be decoded: the stream has ended with that then, as the next swap says.
    private bool TryTake()
    {
        if (_head == 0)
        {
            Current = _values[_next++];
            return true;
        }

        try
        {
            int start = _next + _head;
            _next += ItemRun.Prefix + (int)BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(_next));
            Current = (_codec ??= link.Codecs.Get<T>()).Read(new ReadOnlySequence<byte>(_octets, start, _next - start));
            return true;
        }
        catch (Exception error)
        {
            Break(Credit.Unreadable<T>(error));
            return false;
        }
    }

    // Goes to the next chunk, and waits where there is none.
    private ValueTask<bool> Swap()
    {
        ItemChunk<T>? done = _taken;
        ItemChunk<T>? next;
        long consumed = done?.Cost ?? 0;
        done?.Clear();
        lock (_gate)
        {
            if (done is not null) _incoming.GiveSpare(done);
            next = _incoming.Take();
            Open(next);
            if (next is null)
            {
                if (_error is not null) return ValueTask.FromException<bool>(_error);
                if (_ended) return new ValueTask<bool>(false);
                _waiting = true;
            }
        }

        if (!_ended) Credit.Consumed(consumed);
        if (next is { IsDecodedElsewhere: true }) DecodeElsewhere();
        if (next is null or { IsDecodedElsewhere: true }) return new ValueTask<bool>(this, _source.Version);
        return TryTake() ? new ValueTask<bool>(true) : Swap();
    }

    // The consumer waits, so that its next chunk may be opened for it.
    private bool TryDecodeElsewhere()
    {
        lock (_gate)
        {
            if (!_incoming.IsDecodedElsewhere) return false;
            Open(_incoming.Take());
        }

        DecodeElsewhere();
        return true;
    }

    private void DecodeElsewhere()
    {
        _decoding = true;
        ThreadPool.UnsafeQueueUserWorkItem(static items => items.DecodeHere(), this, preferLocal: false);
    }

    private void DecodeHere()
    {
        _decoded = TryTake();
        link.Completions.Send(this);
    }

    private void Open(ItemChunk<T>? chunk)
    {
        _taken = chunk;
        _next = 0;
        (_octets, _values, _head, _end) = chunk is null ? ([], [], 0, 0) : (chunk.Octets, chunk.Values, chunk.Head, chunk.End);
    }

    // Nothing behind an item that cannot be read is given.
    private void Break(EncodingException error)
    {
        lock (_gate)
        {
            Open(null);
            DropIncoming();
            (_ended, _error) = (true, error);
        }

        owner?.ItemsBroken(error);
    }

    private void DropIncoming()
    {
        _incoming.Drop();
        Credit.Release();
    }
}
