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
        _gate = new CreditGate(link.PeerLimits.StreamWindow, link.Traits.Credit);
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
        _ended(failure);
        _stop.Dispose();
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
            int body = _collector is { IsLarge: false } collector ? collector.TryAdd(item, out waiting) : 0;
            if (body == 0) (body, waiting) = SendAlone(item);
            _credit -= body;
            if (waiting <= _link.OwnLimits.SendQueue) continue;
            written = new Written(body, waiting);
            return Pause.Room;
        }
    }

    // An empty body counts as one octet.
    private (int Body, int Waiting) SendAlone(T item)
    {
        _collector?.Write();
        _item = item;
        _link.Touch();
        Written written = _link.Outlet.Write(in _envelope, this, hold: true);
        _collector?.Wrote(written.Body);
        return (Math.Max(written.Body, 1), written.Waiting);
    }

    private void Flush()
    {
        _collector?.Write();
        _link.Outlet.Flush();
    }
}
