namespace Smpi;

/// <summary>Takes the events of one subject and type.</summary>
internal sealed class EventHandlerEntry<T>(string subject, Func<T, EventOrigin, CancellationToken, ValueTask> invoke, SubscriptionOptions? options)
    : EventHandlerEntry(subject)
{
    public override ISubscription SubscribeOn(ChannelBase channel)
    {
        // Set before the channel has a connection, so before the first event.
        Subscription<T>? own = null;
        own = channel.Events.Subscribe<T>(
            Subject, (value, ct) => invoke(value, new EventOrigin(channel, own!.CurrentHeaders), ct), options ?? SubscriptionOptions.Default);
        return own;
    }
}
