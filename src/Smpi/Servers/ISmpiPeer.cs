namespace Smpi;

/// <summary>One peer of a server: a channel to it, for as long as its connection lives.</summary>
public interface ISmpiPeer : ISmpiChannel
{
    /// <summary>A number that is unique within the server.</summary>
    long Id { get; }

    /// <summary>Facts about the connection, who the peer is among them.</summary>
    ConnectionInfo Connection { get; }

    /// <summary>Fires when the peer is gone.</summary>
    CancellationToken Gone { get; }

    /// <summary>Events of broadcasts that this peer lost because it was slow.</summary>
    long DroppedEvents { get; }
}
