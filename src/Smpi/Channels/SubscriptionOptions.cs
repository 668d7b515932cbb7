namespace Smpi;

/// <summary>How a subscription takes events.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The defaults.</summary>
    public static SubscriptionOptions Default { get; } = new();

    /// <summary>What to do when the handler is slow; null for <see cref="WhenFull.Wait"/> where the format can say credit and <see cref="WhenFull.Fail"/> where it cannot.</summary>
    public WhenFull? WhenFull { get; init; }

    /// <summary>Events that may wait with a policy other than <see cref="WhenFull.Wait"/>. Default 1,024; <see cref="WhenFull.KeepLatest"/> keeps one.</summary>
    public int Capacity { get; init; } = 1024;

    /// <summary>Where the handler runs; null for the channel's loop. A loop of its own gives up the common order with requests and other subscriptions.</summary>
    public IEventLoopBinding? EventLoop { get; init; }

    /// <summary>Called when events were lost: by dropping, or because the connection was away. Runs where the handler runs.</summary>
    public Action<EventGap>? OnGap { get; init; }
}
