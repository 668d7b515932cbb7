namespace Smpi;

/// <summary>The subscriptions of one subject and one type, so that an event is decoded once.</summary>
internal abstract class EventRoute(string subject)
{
    public string Subject { get; } = subject;

    /// <summary>Gives an event to the subscriptions, which are the only ones it is for.</summary>
    public abstract Task? Deliver(Link link, in Message message, long octets);

    /// <summary>Gives an event to the subscriptions, which share it with others.</summary>
    public abstract Task? Deliver(Link link, in Message message, EventTicket ticket);

    public abstract void Announce(Link link, EventGap gap, bool isNewLink);

    /// <summary>Counts the events that are not handled yet, and adds what ends when they are.</summary>
    public abstract void AddPending(ref List<Task>? handled, ref int count);

    public abstract void Close(Exception? error);
}
