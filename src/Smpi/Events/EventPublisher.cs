using System.Buffers;

namespace Smpi;

/// <summary>Sends events: in order, within the credit of the event lane and the outbox's limit.</summary>
internal static class EventPublisher
{
    public static ValueTask PublishAsync<T>(ChannelBase channel, string subject, T value, Headers? headers, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return ValueTask.FromCanceled(ct);
        if (channel.CurrentLink is not { IsAlive: true } link || !link.Flow.EventCredit.IsOpen)
        {
            return LoopReturn.On(channel, PublishSlowlyAsync(channel, subject, value, headers, ct));
        }

        try
        {
            ValueTask room = TryWrite(link, subject, value, headers, out Written written)
                ? link.Outlet.RoomAsync(written, ct)
                : PublishSlowlyAsync(channel, subject, value, headers, ct);
            return room.IsCompletedSuccessfully ? room : LoopReturn.On(channel, room);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(CallFailures.OfSend(error, subject, typeof(T)));
        }
    }

    private static async ValueTask PublishSlowlyAsync<T>(ChannelBase channel, string subject, T value, Headers? headers, CancellationToken ct)
    {
        using Deadline deadline = channel.StartDeadline(null, ct);
        Link link = await channel.LinkAsync(CallOptions.Default, deadline).ConfigureAwait(false);
        Written written;
        do await link.Flow.EventCredit.OpenAsync(ct).ConfigureAwait(false);
        while (!TryWriteOrFail(link, subject, value, headers, out written));
        await link.Outlet.RoomAsync(written, ct).ConfigureAwait(false);
    }

    private static bool TryWriteOrFail<T>(Link link, string subject, T value, Headers? headers, out Written written)
    {
        try
        {
            return TryWrite(link, subject, value, headers, out written);
        }
        catch (Exception error)
        {
            throw CallFailures.OfSend(error, subject, typeof(T));
        }
    }

    // False when the credit for events is used up, which may have happened after it was looked at.
    private static bool TryWrite<T>(Link link, string subject, T value, Headers? headers, out Written written)
    {
        Traits.Require(link, link.Traits.Events, "events");
        Pool<EventBody<T>> pool = link.Pools.Of<EventBody<T>>();
        EventBody<T> body = pool.Rent() ?? new EventBody<T>();
        try
        {
            var message = new Message(MessageKind.Event, default, isReply: false, subject, headers);
            return link.Flow.TryWriteEvent(in message, body.Of(link.Codecs.Get<T>(), value), out written);
        }
        finally
        {
            body.Clear();
            pool.Return(body);
        }
    }

    private sealed class EventBody<T> : IMessageBody, IValueBody
    {
        private ICodec<T> _codec = null!;
        private T _value = default!;

        public object? Value => _value;

        public EventBody<T> Of(ICodec<T> codec, T value)
        {
            _codec = codec;
            _value = value;
            return this;
        }

        public void Clear() => _value = default!;

        public void WriteTo(IBufferWriter<byte> output) => _codec.Write(output, _value);
    }
}
