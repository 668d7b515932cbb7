namespace Smpi;

/// <summary>Views of a channel that do not own it, for containers that dispose what they hand out.</summary>
public static class ChannelViews
{
    /// <summary>The channel, with a disposal that does nothing.</summary>
    /// <param name="channel">The channel.</param>
    public static ISmpiChannel Shared(this ISmpiChannel channel) => new SharedChannel(channel);

    /// <summary>The channel for the length of one call: calls through it inherit what is left of the call's deadline and end with it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="call">The call.</param>
    public static ISmpiChannel ForCall(this ISmpiChannel channel, CallContext call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return channel is ChannelBase own ? call.View(own) : new SharedChannel(channel);
    }
}
