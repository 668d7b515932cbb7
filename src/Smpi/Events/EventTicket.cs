namespace Smpi;

/// <summary>Holds back the credit of one event until every subscriber that must not lose it has handled it.</summary>
internal sealed class EventTicket
{
    private readonly Pool<EventTicket> _pool;
    private Link _link = null!;
    private long _octets;
    private int _holders;

    private EventTicket(Pool<EventTicket> pool) => _pool = pool;

    /// <summary>Makes the ticket of an event that came; the caller holds it once.</summary>
    public static EventTicket Issue(Link link, long octets)
    {
        Pool<EventTicket> pool = link.Pools.Of<EventTicket>();
        EventTicket ticket = pool.Rent() ?? new EventTicket(pool);
        ticket._link = link;
        ticket._octets = octets;
        ticket._holders = 1;
        return ticket;
    }

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        Link link = _link;
        long octets = _octets;
        _link = null!;
        _pool.Return(this);
        link.Flow.EventConsumed(octets);
    }
}
