namespace Smpi.Conformance;

/// <summary>Two connections that are each other's peer.</summary>
/// <param name="Dialler">The side that connected.</param>
/// <param name="Listener">The side that accepted.</param>
/// <param name="Also">Disposed after both; null for nothing.</param>
public sealed record ConnectionPair(IConnection Dialler, IConnection Listener, IAsyncDisposable? Also = null) : IAsyncDisposable
{
    /// <summary>Disposes both sides, which may be disposed already.</summary>
    public async ValueTask DisposeAsync()
    {
        // At once: a protocol with a closing handshake waits for its peer.
        await Task.WhenAll(Dialler.DisposeAsync().AsTask(), Listener.DisposeAsync().AsTask());
        if (Also is not null) await Also.DisposeAsync();
    }
}
