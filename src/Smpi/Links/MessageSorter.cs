namespace Smpi;

/// <summary>Brings each message that was read to the call, handler or subscription it is for.</summary>
internal sealed class MessageSorter(Link link) : IMessageConsumer
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Task? _pause;
    private string? _lastSubject;
    private HandlerEntry? _lastEntry;
    private long _strayMinute;
    private int _strays;
    private int _accepted;
    private bool _accepting;

    /// <summary>What reading has to wait for, where a subscriber that must not lose events has a format without credit.</summary>
    public Task? TakePause()
    {
        Task? pause = _pause;
        _pause = null;
        return pause;
    }

    public void Take(in Message message)
    {
        // What ends a stream comes after its items.
        if (message.Kind != MessageKind.Item) link.PublishBatch();
        switch (message.Kind)
        {
            case MessageKind.Request:
                Request(in message);
                break;
            case MessageKind.Event:
                _pause = link.Owner.Events.Deliver(link, in message) ?? _pause;
                break;
            case MessageKind.Response or MessageKind.Error:
                Answer(in message);
                break;
            case MessageKind.Credit when message.IdRef.IsNone:
                link.EventCredit.Grant(message.Amount);
                break;
            case MessageKind.Item or MessageKind.End or MessageKind.Cancel or MessageKind.Credit:
                if (message.IsReply) FromAnswerer(in message);
                else FromCaller(in message);
                break;
            default:
                throw ChannelClosedException.ProtocolError($"A message of kind {message.Kind} came, which means nothing here.");
        }
    }

    public void TakeItems(in Message envelope, in ItemRun run)
    {
        if (envelope.IsReply)
        {
            OutgoingCall? call = Find(envelope.Id, out ulong id);
            if (call is not null) call.OnItems(id, in envelope, in run);
            else for (int further = 1; further < run.Count; further++) Find(envelope.Id, out _);
        }
        else
        {
            link.Inbound.Find(envelope.Id)?.OnItems(in envelope, in run);
        }
    }

    private void Request(in Message message)
    {
        string subject = message.Subject ?? "";
        if (message.Fault is { } refusal)
        {
            link.ReplyFault(message.Id, refusal, null, hold: true);
            return;
        }

        // A format that numbers subjects gives the same string each time.
        if (!ReferenceEquals(subject, _lastSubject)) (_lastSubject, _lastEntry) = (subject, link.Owner.Router.Find(subject));
        if (_lastEntry is not { } entry)
        {
            link.ReplyFault(message.Id, link.Owner.Router.Unknown(subject), null, hold: true);
            return;
        }

        if (!_accepting) link.Owner.BatchBegins();
        _accepting = true;
        if (Overload(in message) is { } fault)
        {
            link.ReplyFault(message.Id, fault, null, hold: true);
            return;
        }

        InboundCall call;
        try
        {
            call = entry.Accept(link, in message);
        }
        catch (EncodingException error)
        {
            link.ReplyFault(message.Id, new Fault(error.Code, error.Message), null, hold: true);
            return;
        }

        if (!link.Inbound.TryAdd(call)) throw UsedTwice(message.Id);
        if (call.Due != long.MaxValue) link.Deadlines.Watch(call.Due);
        _accepted++;
        if (link.Options.Dispatch == Dispatch.PerBatch)
        {
            link.Handlers.Add(call);
            return;
        }

        CountAccepted();
        Post(call);
    }

    /// <summary>Counts the calls that were accepted since the last time as running, before they run.</summary>
    public void CountAccepted()
    {
        if (!_accepting) return;
        link.Owner.BatchEnds(_accepted);
        (_accepting, _accepted) = (false, 0);
    }

    private void Post(InboundCall call)
    {
        try
        {
            link.Loop.Post(call);
        }
        catch (Exception error)
        {
            if (Lane.IsUnexpected(error)) link.Report(Lane.LoopName, error);
            call.Refuse(Lane.Ended(error));
        }
    }

    // Sentences are made elsewhere: a method that formats one pays for it whenever it is entered.
    private ChannelClosedException UsedTwice(MessageId id) => ChannelClosedException.ProtocolError($"{link.Connection.Info.Remote} used the id {id} for two calls at the same time.");

    private Fault? Overload(in Message message)
    {
        if (link.Owner.IsDraining) return new Fault(ErrorCode.Unavailable, "This side is closing and takes no further calls.");
        if (link.Inbound.IsFull) return TooManyCalls();
        long octets = message.BodyRef.Length;
        if (link.Owner.ListenerOctets is { Value: > 0 } shared && shared.Value + octets > link.OwnLimits.ListenerInFlightSize) return TooManyOctets("all connections", link.OwnLimits.ListenerInFlightSize);
        return link.Inbound.Octets > 0 && link.Inbound.Octets + octets > Math.Max(link.OwnLimits.InFlightSize, 0) + (long)link.OwnLimits.MessageSize
            ? TooManyOctets("this connection", link.OwnLimits.InFlightSize)
            : null;
    }

    private Fault TooManyCalls() => new(ErrorCode.EnhanceYourCalm, $"More than {link.OwnLimits.Calls + link.OwnLimits.Streams} calls are open on this connection.");

    private static Fault TooManyOctets(string where, long limit) => new(ErrorCode.ResourceExhausted, $"The requests in flight on {where} exceed {limit:N0} octets.");

    private void Answer(in Message message)
    {
        OutgoingCall? call = Find(in message.IdRef, out ulong id);
        if (call is null) return;
        if (message.Kind == MessageKind.Error) call.OnError(id, in message);
        else call.OnResponse(id, in message);
    }

    private void FromAnswerer(in Message message)
    {
        OutgoingCall? call = Find(in message.IdRef, out ulong id);
        if (call is null) return;
        if (message.Kind == MessageKind.Item) call.OnItem(id, in message);
        else if (message.Kind == MessageKind.Credit) call.OnCredit(message.Amount);
        else if (message.Kind == MessageKind.End) call.OnEnd(id);
    }

    private void FromCaller(in Message message)
    {
        // A call that has ended here may still get what its caller sent before it knew.
        if (link.Inbound.Find(message.Id) is not { } call) return;
        if (message.Kind == MessageKind.Item) call.OnItem(in message);
        else if (message.Kind == MessageKind.Credit) call.OnCredit(message.Amount);
        else if (message.Kind == MessageKind.End) call.OnEnd();
        else link.Inbound.Abort(message.Id);
    }

    private OutgoingCall? Find(in MessageId messageId, out ulong id)
    {
        id = messageId.Number;
        bool issued = false;
        OutgoingCall? call = messageId.IsNumber ? link.Calls.Find(id, out issued) : null;
        if (call is not null) return call;
        link.Owner.Diagnostics.CountReply(issued);
        if (!issued) CountStray(messageId);
        return null;
    }

    private void CountStray(MessageId id)
    {
        long now = link.Time.GetTimestamp();
        if (_strayMinute == 0 || link.Time.GetElapsedTime(_strayMinute, now) > Minute) (_strayMinute, _strays) = (now, 0);
        if (++_strays > link.OwnLimits.StrayReplies)
        {
            throw ChannelClosedException.ProtocolError($"{link.Connection.Info.Remote} sent more than {link.OwnLimits.StrayReplies} replies in a minute to ids that were never issued, the last to {id}.");
        }
    }
}
