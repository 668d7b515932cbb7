namespace Smpi;

/// <summary>Facts about one connection. A decorator passes on the object of the connection below it.</summary>
public sealed class ConnectionInfo
{
    /// <summary>The protocol's name, such as <c>tcp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The wire format's name, such as <c>native</c>.</summary>
    public required string Format { get; init; }

    /// <summary>What the connection can carry.</summary>
    public required FormatTraits Traits { get; init; }

    /// <summary>The peer, for people: an address, a path, a process id.</summary>
    public string Remote { get; init; } = "unknown";

    /// <summary>What the peer said of itself; null where the format has no hello.</summary>
    public PeerHello? Peer { get; set; }

    /// <summary>The encoding both sides agreed on; null where the format agrees on none, and the channel's own is used.</summary>
    public string? Encoding { get; set; }

    /// <summary>Hop control; null where the format has none.</summary>
    public IHopControl? Hop { get; init; }

    /// <summary>Why the connection ended, as far as it is known; null while it is open.</summary>
    public CloseReason? Closed { get; set; }

    /// <summary>Who the peer is, where the protocol can tell: the certificate of a TLS client, the claims of a request. Null otherwise.</summary>
    public System.Security.Claims.ClaimsPrincipal? User { get; set; }
}
