namespace Smpi;

/// <summary>Takes the events of one subject for as long as a channel lives.</summary>
internal abstract class EventHandlerEntry(string subject)
{
    public string Subject { get; } = subject;

    /// <summary>Subscribes the handler on a channel.</summary>
    public abstract ISubscription SubscribeOn(ChannelBase channel);
}
