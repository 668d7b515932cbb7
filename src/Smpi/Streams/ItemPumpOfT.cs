using System.Buffers;

namespace Smpi;

/// <summary>Enumerates a source and sends its items, with credit and back-pressure; one send for as many items as are ready.</summary>
internal sealed class ItemPump<T>(Link link, MessageId id, bool isReply, IAsyncEnumerable<T> source, Action<Exception?> ended, CancellationToken ct) : ItemPump, IMessageBody, IValueBody
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly CreditGate _credit = new(link.PeerLimits.StreamWindow, link.Traits.Credit);
    private readonly ICodec<T> _codec = link.Codecs.Get<T>();
    private T _item = default!;

    // Where references travel, the other side gets a hold of its own.
    public object? Value => _item is PooledBody body ? body.Keep() : _item;

    public void WriteTo(IBufferWriter<byte> output) => _codec.Write(output, _item);

    public override void Grant(long octets) => _credit.Grant(octets);

    public override void Start() => _ = PumpAsync();

    public override void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The source had ended by itself.
        }
    }

    private async Task PumpAsync()
    {
        Exception? failure = null;
        try
        {
            await SendAllAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        ended(failure);
        _stop.Dispose();
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(stop);
        await using System.Runtime.CompilerServices.ConfiguredAsyncDisposable disposal = items.ConfigureAwait(false);
        long credit = 0;
        while (true)
        {
            ValueTask<bool> next = items.MoveNextAsync();
            if (!next.IsCompleted) link.Outlet.Flush();
            if (!await next.ConfigureAwait(false)) return;
            stop.ThrowIfCancellationRequested();
            while (credit <= 0 && (credit += _credit.TakeAll()) <= 0)
            {
                _credit.GiveBack(credit);
                credit = 0;
                link.Outlet.Flush();
                await _credit.OpenAsync(stop).ConfigureAwait(false);
            }

            _item = items.Current;
            link.Watch.Touch();
            Written written = link.Outlet.Write(new Message { Kind = MessageKind.Item, Id = id, IsReply = isReply }, this, hold: true);
            credit -= Math.Max(written.Body, 1);
            ValueTask room = link.Outlet.RoomAsync(written, stop);
            if (!room.IsCompletedSuccessfully) await room.ConfigureAwait(false);
        }
    }
}
