namespace Smpi;

/// <summary>A set of peers that events are sent to together.</summary>
public interface IPeerGroup : IReadOnlyCollection<ISmpiPeer>
{
    /// <summary>Adds a peer; adding it twice changes nothing.</summary>
    /// <param name="peer">A peer of the same server.</param>
    void Add(ISmpiPeer peer);

    /// <summary>Removes a peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <returns>True when it was in the group.</returns>
    bool Remove(ISmpiPeer peer);

    /// <summary>Sends an event to every peer of the group, encoded once per encoding in use. One slow peer does not hold up the others.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="subject">What the event is about.</param>
    /// <param name="value">The event.</param>
    /// <param name="options">What to do with slow peers; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait of <see cref="WhenSlow.Wait"/>.</param>
    ValueTask PublishAsync<TEvent>(string subject, TEvent value, BroadcastOptions? options, CancellationToken cancellationToken);
}
