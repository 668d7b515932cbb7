namespace Smpi;

/// <summary>What a connection can say to the next hop below messages. Calls are serialised with <see cref="IConnection.Write"/>, append to the outbox and send nothing.</summary>
public interface IHopControl
{
    /// <summary>Asks the peer for a sign of life. Any octet received afterwards is one.</summary>
    void Ping();

    /// <summary>Tells the peer that this side closes, and why. Nothing may be written afterwards.</summary>
    /// <param name="reason">The code and sentence that the peer will see.</param>
    void Goodbye(CloseReason reason);

    /// <summary>The time of the last octet received, as a timestamp of the connection's <see cref="TimeProvider"/>.</summary>
    long LastReceived { get; }
}
