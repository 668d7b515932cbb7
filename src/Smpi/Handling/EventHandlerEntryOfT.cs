namespace Smpi;

/// <summary>Takes the events of one subject and type.</summary>
internal sealed class EventHandlerEntry<T>(string subject, Func<T, ChannelBase, CancellationToken, ValueTask> invoke, SubscriptionOptions? options) : EventHandlerEntry(subject)
{
    public override ISubscription SubscribeOn(ChannelBase channel) =>
        channel.Events.Subscribe<T>(Subject, (value, ct) => invoke(value, channel, ct), options ?? SubscriptionOptions.Default);
}
