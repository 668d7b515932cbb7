namespace Smpi;

/// <summary>The last peer of each session, so that a channel that connected again is known.</summary>
/// <remarks>A session says nothing about who a peer is: one that takes the session of another peer waits behind it for a moment, and no more.</remarks>
internal sealed class PeerSessions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, PeerChannel> _last = [];

    /// <summary>Notes a peer.</summary>
    /// <returns>The one that had its session before and is not gone; null for none.</returns>
    public PeerChannel? Replace(PeerChannel peer)
    {
        if (Session(peer) is not { } session) return null;
        lock (_gate)
        {
            PeerChannel? before = _last.GetValueOrDefault(session);
            _last[session] = peer;
            return before;
        }
    }

    public void Left(PeerChannel peer)
    {
        if (Session(peer) is not { } session) return;
        lock (_gate)
        {
            if (_last.TryGetValue(session, out PeerChannel? last) && ReferenceEquals(last, peer)) _last.Remove(session);
        }
    }

    // Zeros are no session: somebody did not care.
    private static Guid? Session(PeerChannel peer) =>
        peer.Connection.Peer?.Session is { Length: 16 } bytes && new Guid(bytes.Span) is var session && session != Guid.Empty ? session : null;
}
