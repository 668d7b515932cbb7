namespace Smpi;

/// <summary>A byte transport that can let go of the memory it was lent, so that a connection that turned silent holds no buffer.</summary>
public interface IRestingTransport
{
    /// <summary>Ends a receive that waits for octets, and forgets what was sent. Nothing is lost, and the transport stays usable.</summary>
    /// <remarks>
    /// May be called from any thread and at any time. A receive that has octets already returns them; one that waits, or that begins at the same moment, fails with
    /// <see cref="OperationCanceledException"/> and was as if it had never been made. From then on nothing holds its buffer.
    /// </remarks>
    void Rest();

    /// <summary>Whether a receive would end at once: octets came, or the end, or a failure.</summary>
    /// <remarks>Asked after an empty receive has ended, which on some systems may happen though nothing came. Only while no receive is under way.</remarks>
    bool IsReady => true;
}
