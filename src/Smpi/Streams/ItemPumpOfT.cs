using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Enumerates a source and sends its items, with credit and back-pressure; one send for as many items as are ready.</summary>
internal sealed class ItemPump<T> : ItemPump, IMessageBody, IValueBody
{
    private readonly Link _link;
    private readonly Message _envelope;
    private readonly IAsyncEnumerable<T> _source;
    private readonly Action<Exception?> _ended;
    private readonly CancellationTokenSource _stop;
    private readonly CreditGate _gate;
    private readonly ICodec<T> _codec;
    private readonly ItemCollector<T>? _collector;
    private T _item = default!;
    private long _credit;

    public ItemPump(Link link, MessageId id, bool isReply, IAsyncEnumerable<T> source, Action<Exception?> ended, CancellationToken ct)
    {
        _link = link;
        _envelope = new Message { Kind = MessageKind.Item, Id = id, IsReply = isReply };
        _source = source;
        _ended = ended;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _gate = new CreditGate(link.PeerLimits.StreamWindow, link.Traits.Credit, link.Flow.Owed);
        _codec = link.Codecs.Get<T>();
        if (link.Connection.WriteItems(in _envelope) is { } writer) _collector = new ItemCollector<T>(link, writer, _codec);
    }

    /// <summary>Why sending paused.</summary>
    private enum Pause
    {
        /// <summary>The source has no further item yet.</summary>
        Source,

        /// <summary>The source has ended.</summary>
        Over,

        /// <summary>The peer takes no further item yet.</summary>
        Credit,

        /// <summary>The next item exceeds what is left of the credit, and the streams of the connection owe as much together as they may.</summary>
        Debt,

        /// <summary>Too much waits to be sent.</summary>
        Room,
    }

    public override bool Holds => _collector?.Holds == true;

    // Where references travel, the other side gets a hold of its own.
    public object? Value => _item is PooledBody body ? body.Keep() : _item;

    public void WriteTo(IBufferWriter<byte> output) => _codec.Write(output, _item);

    public override void Grant(long octets) => _gate.Grant(octets);

    public override void Start() => _ = PumpAsync();

    public override void HandOver() => _collector!.HandOver();

    public override void Stop(string subject) => UserCode.Cancel(_stop, _link.Owner.Diagnostics, subject);

    private async Task PumpAsync()
    {
        Exception? failure = null;
        if (_collector is not null) _link.Pumps.Add(this);
        try
        {
            await SendAllAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        if (_collector is not null) Finish(_collector);
        if (failure is null || _envelope.IsReply) await SettleAsync().ConfigureAwait(false);
        _gate.Release();
        _ended(failure);
        _stop.Dispose();
    }

    // The end of a stream comes while it has credit, so that no debt outlives it. Whoever is cut off does not wait.
    private async ValueTask SettleAsync()
    {
        if (_credit > 0) return;
        try
        {
            _gate.GiveBack(_credit);
            _credit = 0;
            if (_gate.IsOpen) return;
            _link.Outlet.Flush();
            await _gate.OpenAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for a stream in good order any more.
        }
    }

    // What came before a failure goes before it.
    private void Finish(ItemCollector<T> collector)
    {
        _link.Pumps.Remove(this);
        try
        {
            collector.Write();
        }
        catch (Exception)
        {
            // The connection is closed or broken: nobody is there to take it.
        }
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        IAsyncEnumerator<T> items = _source.GetAsyncEnumerator(stop);
        await using System.Runtime.CompilerServices.ConfiguredAsyncDisposable disposal = items.ConfigureAwait(false);
        bool ready = false;
        while (true)
        {
            ValueTask<bool> next;
            Written written;
            Pause pause;
            try
            {
                pause = SendReady(items, ready, stop, out next, out written);
            }
            catch
            {
                _collector?.Failed();
                throw;
            }

            switch (pause)
            {
                case Pause.Source:
                    Flush();
                    if (!await next.ConfigureAwait(false)) return;
                    ready = true;
                    break;
                case Pause.Credit:
                    Flush();
                    await _gate.OpenAsync(stop).ConfigureAwait(false);
                    ready = true;
                    break;
                case Pause.Debt:
                    Flush();
                    await DebtAsync(items.Current, stop).ConfigureAwait(false);
                    ready = true;
                    break;
                case Pause.Room:
                    await _link.Outlet.RoomAsync(written, stop).ConfigureAwait(false);
                    ready = false;
                    break;
                default:
                    return;
            }
        }
    }

    // Sends items as long as nothing has to be waited for. Not inlined: among what an async method keeps for its waits, nothing stays in a register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Pause SendReady(IAsyncEnumerator<T> items, bool ready, CancellationToken stop, out ValueTask<bool> next, out Written written)
    {
        next = default;
        written = default;
        while (true)
        {
            if (!ready)
            {
                ValueTask<bool> moved = items.MoveNextAsync();
                if (!moved.IsCompletedSuccessfully)
                {
                    next = moved;
                    return Pause.Source;
                }

                // Completed, so this waits for nothing.
                if (!moved.Result) return Pause.Over;
            }

            ready = false;
            stop.ThrowIfCancellationRequested();
            if (_credit <= 0 && (_credit += _gate.TakeAll()) <= 0)
            {
                _gate.GiveBack(_credit);
                _credit = 0;
                return Pause.Credit;
            }

            T item = items.Current;
            int waiting = 0;
            long cost = _collector is { IsLarge: false } collector ? collector.TryAdd(item, _credit, out waiting) : 0;
            if (cost == 0 && (cost = SendAlone(item, out waiting)) == 0) return Pause.Debt;
            if (cost > _credit) _gate.Overdraw(cost - _credit);
            _credit -= cost;
            if (waiting <= _link.OwnLimits.SendQueue) continue;
            written = new Written(0, waiting);
            return Pause.Room;
        }
    }

    // Zero when the item may not be written now. Its cost is known only when it is written, so that the debts of the connection are looked at in the order of the writes.
    private long SendAlone(T item, out int waiting)
    {
        _collector?.Write();
        _item = item;
        _link.Touch();
        Overdrafts owed = _link.Flow.Owed;
        Written written;
        long cost;
        lock (owed.Order)
        {
            waiting = 0;
            if (owed.IsFull && _link.Traits.Credit && !MayAfford(item)) return 0;
            written = _link.Outlet.Append(in _envelope, this);
            cost = CreditCost.Of(written.Body, _envelope.Headers);
            if (cost > _credit) owed.Take(cost - _credit);
        }

        _link.Outlet.Sent(written, hold: true);
        _collector?.Wrote(written.Body);
        waiting = written.Waiting;
        return cost;
    }

    // Whether the credit covers an item whose cost is not known: it is encoded once for that alone, while other streams owe much.
    private bool MayAfford(T item)
    {
        var scratch = new ArrayBufferWriter<byte>();
        _codec.Write(scratch, item);
        return CreditCost.Of(scratch.WrittenCount, _envelope.Headers) <= _credit;
    }

    // Waits until the stream has credit for its next item, or the others owe less.
    private async ValueTask DebtAsync(T item, CancellationToken stop)
    {
        while (true)
        {
            Task changed = _link.Flow.Owed.ChangedAsync();
            _credit += _gate.TakeAll();
            if (!_link.Flow.Owed.IsFull || MayAfford(item)) return;
            await changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private void Flush()
    {
        _collector?.Write();
        _link.Outlet.Flush();
    }
}
