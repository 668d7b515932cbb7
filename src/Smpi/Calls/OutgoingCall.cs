using System.Buffers;

namespace Smpi;

/// <summary>A call of this side: it ends exactly once, with whoever claims it first.</summary>
internal abstract class OutgoingCall : LaneItem, IMessageBody, IValueBody
{
    private const int Ended = -1;
    private const int Uncounted = -2;

    private long _active;
    private int _octets;

    /// <summary>The link that carries the call.</summary>
    public Link Link { get; protected set; } = null!;

    /// <summary>The id while the call is open; zero afterwards.</summary>
    public ulong Id => (ulong)Volatile.Read(ref _active);

    public string Subject { get; protected set; } = "";

    /// <summary>When the call times out, as a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long Due { get; protected set; } = long.MaxValue;

    /// <summary>How long the call may take.</summary>
    protected TimeSpan Limit { get; set; }

    /// <summary>The mark of the outlet before the request was written.</summary>
    protected int WrittenAt { get; set; }

    public abstract object? Value { get; }

    public abstract void WriteTo(IBufferWriter<byte> output);

    /// <summary>Gives the call its id, or with zero ends it; for the table of calls, inside its gate.</summary>
    public void SetId(ulong id) => Volatile.Write(ref _active, (long)id);

    /// <summary>Ends the call for everybody else. True for exactly one caller.</summary>
    public bool TryClaim(ulong id) => TryClaim(Link, id);

    /// <summary>As <see cref="TryClaim(ulong)"/>, for a thread that may come so late that the object serves another call, of another link.</summary>
    protected bool TryClaim(Link link, ulong id)
    {
        if (id == 0 || Id != id || !link.Calls.TryRemove(this, id, Places(link), out bool waits)) return false;
        Closed(waits);
        return true;
    }

    /// <summary>Takes an answer. The body is lent.</summary>
    public abstract void OnResponse(ulong id, in Message message);

    /// <summary>Takes a fault. The body is lent.</summary>
    public virtual void OnError(ulong id, in Message message) => Fail(id, Faults.ToException(in message, Subject, Link.Codecs));

    /// <summary>Takes an item of a stream. The body is lent.</summary>
    public virtual void OnItem(ulong id, in Message message)
    {
    }

    /// <summary>Takes several items of a stream. They are lent.</summary>
    public virtual void OnItems(ulong id, in Message envelope, in ItemRun run)
    {
        int position = 0;
        while (run.Next(in envelope, ref position, out Message message)) OnItem(id, in message);
    }

    /// <summary>The peer sends no further items.</summary>
    public virtual void OnEnd(ulong id)
    {
    }

    /// <summary>The peer takes more items, or with <paramref name="octets"/> zero no more.</summary>
    public virtual void OnCredit(long octets)
    {
    }

    /// <summary>Ends the call with an exception; false when it has ended.</summary>
    public abstract bool Fail(ulong id, Exception error);

    /// <summary>Ends the call because its link ended.</summary>
    public void Lost(ulong id, ChannelClosedException reason) => Fail(id, reason.ForCall(WasSent));

    /// <summary>Ends the call locally and tells the peer; false when it has ended.</summary>
    public bool Abandon(ulong id, Exception error)
    {
        Link link = Link;
        if (id == 0 || Id != id) return false;
        bool first = Fail(id, error);
        link.SendCancel(id);
        return first;
    }

    public void Expire(ulong id) =>
        Abandon(id, new TimeoutException($"The call '{Subject}' did not end within its deadline of {Limit.TotalSeconds:0.###} s."));

    protected bool WasSent => Link.Outlet.MayHaveSentSince(WrittenAt);

    protected void ResetOctets() => _octets = 0;

    /// <summary>Counts the request's octets as in flight, unless the answer was faster.</summary>
    protected bool TrySetOctets(int octets) => Interlocked.CompareExchange(ref _octets, octets, 0) == 0;

    /// <summary>Says that the request is too small to be counted.</summary>
    protected void LeaveOctets() => Volatile.Write(ref _octets, Uncounted);

    protected int TakeOctets() => Volatile.Read(ref _octets) == Uncounted ? 0 : Math.Max(0, Interlocked.Exchange(ref _octets, Ended));

    /// <summary>Where the call has its place.</summary>
    protected abstract CallGate Places(Link link);

    /// <summary>Called once by whoever claimed the call.</summary>
    /// <param name="waits">Whether somebody waits for the call's place.</param>
    protected abstract void Closed(bool waits);
}
