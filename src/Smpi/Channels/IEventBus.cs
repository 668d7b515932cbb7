namespace Smpi;

/// <summary>Publishes and receives events by subject. Typed ones by message record are extensions of it.</summary>
public interface IEventBus
{
    /// <summary>Sends an event. The wait is back-pressure: it ends when the event was written, not when it was handled.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="subject">What the event is about.</param>
    /// <param name="value">The event.</param>
    /// <param name="headers">Header fields to send along, where the format has headers; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the event may then be unsent.</param>
    ValueTask PublishAsync<TEvent>(string subject, TEvent value, Headers? headers, CancellationToken cancellationToken);

    /// <summary>Calls a handler for every event of a subject, in order and one at a time, until the subscription is disposed. It survives reconnects.</summary>
    /// <typeparam name="TEvent">The type of the events.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="handler">Handles one event; what it throws is counted and does not end the subscription.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    ISubscription Subscribe<TEvent>(string subject, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options);
}
