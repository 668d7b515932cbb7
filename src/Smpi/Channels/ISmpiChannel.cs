namespace Smpi;

/// <summary>A typed channel to one peer: requests, streams and events, in both directions. Safe for concurrent use.</summary>
/// <remarks>
/// The channel is the stable object and outlives its connections. It connects when <see cref="ConnectAsync"/> is called or at first use. Requests and events start in order
/// at the peer; replies may overtake one another. Cancelling a call completes the caller at once and reaches the peer's handler.
/// </remarks>
public interface ISmpiChannel : ICaller, IEventBus, IAsyncDisposable
{
    /// <summary>What the channel is doing now.</summary>
    ChannelStatus Status { get; }

    /// <summary>Connects now, or waits for the connection that is being made. A channel between two attempts tries at once.</summary>
    /// <param name="cancellationToken">Ends the wait, not the attempts.</param>
    /// <exception cref="ChannelClosedException">The channel is closed, or gave up.</exception>
    /// <exception cref="SmpiConfigurationException">Trying again cannot help, or the peer refused this side; it says whether the channel tries again.</exception>
    ValueTask ConnectAsync(CancellationToken cancellationToken = default);
}
