namespace Smpi;

/// <summary>The server of a peer, as the peer sees it.</summary>
internal interface IPeerOwner
{
    /// <summary>The connection was lost; what came of it may still be handled.</summary>
    void Leaving(PeerChannel peer);

    /// <summary>The peer is gone, and everything that came of it was handled or dropped.</summary>
    void Left(PeerChannel peer);
}
