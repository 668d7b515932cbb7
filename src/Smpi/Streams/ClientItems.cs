namespace Smpi;

/// <summary>The stream of items that a caller sends.</summary>
internal static class ClientItems
{
    /// <summary>Makes the pump of a call's items. A source that fails ends the call with its exception.</summary>
    public static ItemPump Pump<T>(OutgoingCall call, ulong id, IAsyncEnumerable<T> items, CancellationToken ct)
    {
        Link link = call.Link;
        string subject = call.Subject;
        var callId = new MessageId(id);
        return new ItemPump<T>(link, callId, isReply: false, items, Ended, ct);

        void Ended(Exception? error)
        {
            if (error is not null)
            {
                // A source that fails after the answer has come has nobody else to tell.
                if (error is OperationCanceledException or ChannelClosedException) return;
                if (!call.Abandon(id, CallFailures.OfSend(error, subject, typeof(T)))) link.Report(subject, error);
                return;
            }

            link.TryWrite(new Message { Kind = MessageKind.End, Id = callId });
        }
    }
}
