namespace Smpi;

/// <summary>Events typed by message records.</summary>
public static class TypedEvents
{
    /// <summary>Sends an event to the peer. The wait is back-pressure.</summary>
    /// <typeparam name="TEvent">The type of the event, inferred.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="value">The event.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ValueTask PublishAsync<TEvent>(this IEventBus bus, TEvent value, CancellationToken cancellationToken = default)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.PublishAsync(Subject<TEvent>(), value, null, cancellationToken);
    }

    /// <summary>Sends an event to every peer of a group.</summary>
    /// <typeparam name="TEvent">The type of the event, inferred.</typeparam>
    /// <param name="group">The group.</param>
    /// <param name="value">The event.</param>
    /// <param name="options">What to do with slow peers; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait of <see cref="WhenSlow.Wait"/>.</param>
    public static ValueTask PublishAsync<TEvent>(this IPeerGroup group, TEvent value, BroadcastOptions? options = null, CancellationToken cancellationToken = default)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.PublishAsync(Subject<TEvent>(), value, options, cancellationToken);
    }

    /// <summary>Calls a handler for every event, on the channel's event loop.</summary>
    /// <typeparam name="TEvent">The type of the events.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="handler">Handles one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static ISubscription On<TEvent>(this IEventBus bus, Action<TEvent> handler, SubscriptionOptions? options = null)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(handler);
        return bus.Subscribe<TEvent>(Subject<TEvent>(), Handle, options);

        ValueTask Handle(TEvent value, CancellationToken ct)
        {
            handler(value);
            return default;
        }
    }

    /// <summary>Calls an asynchronous handler for every event, one at a time, on the channel's event loop.</summary>
    /// <typeparam name="TEvent">The type of the events.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="handler">Handles one event; the token fires when the subscription ends.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static ISubscription On<TEvent>(this IEventBus bus, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.Subscribe(Subject<TEvent>(), handler, options);
    }

    /// <summary>The events as a sequence. The subscription begins now and ends with the enumeration; enumerate it once.</summary>
    /// <typeparam name="TEvent">The type of the events.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="options">What to do when the enumeration is slow; null for the defaults.</param>
    public static IAsyncEnumerable<TEvent> Events<TEvent>(this IEventBus bus, SubscriptionOptions? options = null)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(bus);
        return LoopReturn.Events(bus, options, new EventSequence<TEvent>(bus, Subject<TEvent>(), options));
    }

    /// <summary>The events as an observable; every observer has a subscription of its own.</summary>
    /// <typeparam name="TEvent">The type of the events.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="options">What to do when an observer is slow; null for the defaults.</param>
    public static IObservable<TEvent> Observe<TEvent>(this IEventBus bus, SubscriptionOptions? options = null)
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(bus);
        return new EventObservable<TEvent>(bus, Subject<TEvent>(), options);
    }

    private static string Subject<TEvent>() => MessageContract.Of(typeof(TEvent)).Subject;
}
