namespace Smpi;

/// <summary>The stream of items that a caller sends.</summary>
internal static class ClientItems
{
    /// <summary>Makes the pump of a call's items. A source that fails ends the call with its exception.</summary>
    public static ItemPump Pump<T>(OutgoingCall call, ulong id, IAsyncEnumerable<T> items, CancellationToken ct)
    {
        Link link = call.Link;
        var callId = new MessageId(id);
        return new ItemPump<T>(link, callId, isReply: false, items, Ended, ct);

        void Ended(Exception? error)
        {
            if (error is not null)
            {
                if (error is not OperationCanceledException) call.Abandon(id, CallFailures.OfSend(error, call.Subject, typeof(T)));
                return;
            }

            link.TryWrite(new Message { Kind = MessageKind.End, Id = callId });
        }
    }
}
