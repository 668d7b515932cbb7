namespace Smpi;

/// <summary>The credit that one subscription holds back for one event: all of it, by itself, or a share in a ticket.</summary>
internal readonly struct EventShare
{
    private readonly object? _holder;
    private readonly long _octets;

    /// <summary>A share in what several subscriptions hold back; held from now on.</summary>
    public EventShare(EventTicket ticket)
    {
        ticket.Hold();
        _holder = ticket;
    }

    /// <summary>All of it.</summary>
    public EventShare(Link link, long octets) => (_holder, _octets) = (link, octets);

    /// <summary>Lets go, once.</summary>
    public void Release()
    {
        if (_holder is Link link) link.Flow.EventConsumed(_octets);
        else (_holder as EventTicket)?.Release();
    }
}
