namespace Smpi;

/// <summary>The subscriptions of one subject and one type, so that an event is decoded once.</summary>
internal abstract class EventRoute(string subject)
{
    public string Subject { get; } = subject;

    /// <summary>Gives an event to the subscriptions, which are the only ones it is for.</summary>
    public abstract Task? Deliver(Link link, in Message message, long octets);

    /// <summary>Gives an event to the subscriptions, which share it with others.</summary>
    public abstract Task? Deliver(Link link, in Message message, EventTicket ticket);

    public abstract void Announce(EventGap gap);

    public abstract void Close();
}
