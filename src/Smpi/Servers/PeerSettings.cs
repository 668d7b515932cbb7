namespace Smpi;

/// <summary>What a server does when peers come and go.</summary>
public sealed class PeerSettings
{
    /// <summary>Told of every new peer, before any of its calls are handled to their end. Must not block.</summary>
    public Action<ISmpiPeer>? Connected { get; set; }

    /// <summary>Told of every peer that is gone; its status says why. Must not block.</summary>
    public Action<ISmpiPeer>? Disconnected { get; set; }
}
