using System.Buffers;

namespace Smpi;

/// <summary>Sends events: in order, within the credit of the event lane and the outbox's limit.</summary>
internal static class EventPublisher
{
    public static ValueTask PublishAsync<T>(ChannelBase channel, string subject, T value, Headers? headers, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return ValueTask.FromCanceled(ct);
        if (channel.CurrentLink is not { IsAlive: true } link || !link.EventCredit.IsOpen)
        {
            return LoopReturn.On(channel, PublishSlowlyAsync(channel, subject, value, headers, ct));
        }

        try
        {
            Written written = Write(link, subject, value, headers);
            ValueTask room = link.Outlet.RoomAsync(written, ct);
            return room.IsCompletedSuccessfully ? room : LoopReturn.On(channel, room);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(Link.SendFailure(error, subject, typeof(T)));
        }
    }

    private static async ValueTask PublishSlowlyAsync<T>(ChannelBase channel, string subject, T value, Headers? headers, CancellationToken ct)
    {
        using Deadline deadline = channel.StartDeadline(null, ct);
        Link link = await channel.LinkAsync(CallOptions.Default, deadline).ConfigureAwait(false);
        await link.EventCredit.OpenAsync(ct).ConfigureAwait(false);
        Written written;
        try
        {
            written = Write(link, subject, value, headers);
        }
        catch (Exception error)
        {
            throw Link.SendFailure(error, subject, typeof(T));
        }

        await link.Outlet.RoomAsync(written, ct).ConfigureAwait(false);
    }

    private static Written Write<T>(Link link, string subject, T value, Headers? headers)
    {
        Traits.Require(link, link.Traits.Events, "events");
        Pool<EventBody<T>> pool = link.Pools.Of<EventBody<T>>();
        EventBody<T> body = pool.Rent() ?? new EventBody<T>();
        try
        {
            Written written = link.Outlet.Write(new Message { Kind = MessageKind.Event, Subject = subject, Headers = headers }, body.Of(link.Codecs.Get<T>(), value));
            link.EventCredit.Take(written.Body);
            return written;
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
