namespace Smpi;

/// <summary>Decodes an event once and gives it to every subscription of its type.</summary>
internal sealed class EventRoute<T>(string subject) : EventRoute(subject)
{
    private Subscription<T>[] _subscriptions = [];

    public Subscription<T>[] Subscriptions
    {
        get => Volatile.Read(ref _subscriptions);
        set => Volatile.Write(ref _subscriptions, value);
    }

    public override Task? Deliver(Link link, in Message message, long octets)
    {
        // Nearly every event has one subscription, which then counts the octets by itself.
        if (Subscriptions is [Subscription<T> only])
        {
            if (TryRead(link, in message, out T value)) return only.Offer(link, value, message.Headers, octets);
            link.Flow.EventConsumed(octets);
            return null;
        }

        EventTicket ticket = EventTicket.Issue(link, octets);
        Task? pause = Deliver(link, in message, ticket);
        ticket.Release();
        return pause;
    }

    public override Task? Deliver(Link link, in Message message, EventTicket ticket)
    {
        if (!TryRead(link, in message, out T value)) return null;
        Task? pause = null;
        foreach (Subscription<T> subscription in Subscriptions) pause = subscription.Offer(link, value, message.Headers, ticket) ?? pause;
        return pause;
    }

    public override void Announce(Link link, EventGap gap, bool isNewLink)
    {
        foreach (Subscription<T> subscription in Subscriptions) subscription.Announce(link, gap, isNewLink);
    }

    public override void AddPending(ref List<Task>? handled, ref int count)
    {
        foreach (Subscription<T> subscription in Subscriptions)
        {
            int pending = subscription.Pending(out Task done);
            if (pending == 0) continue;
            count += pending;
            (handled ??= []).Add(done);
        }
    }

    public override void Close(Exception? error)
    {
        foreach (Subscription<T> subscription in Subscriptions) subscription.End(error);
    }

    private bool TryRead(Link link, in Message message, out T value)
    {
        try
        {
            value = RequestReader.Read<T>(link, in message, Subject);
            return true;
        }
        catch (EncodingException error)
        {
            // One bad event fails nobody else: it is counted where its handler's failures are.
            foreach (Subscription<T> subscription in Subscriptions) subscription.CountFailure(error);
            value = default!;
            return false;
        }
    }
}
