namespace Smpi;

/// <summary>Who ended a connection.</summary>
public enum ClosedBy : byte
{
    /// <summary>This side.</summary>
    Local = 0,

    /// <summary>The peer, in good order.</summary>
    Peer = 1,

    /// <summary>Neither: the transport failed, or the peer vanished.</summary>
    Transport = 2,
}
