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
        await Dialler.DisposeAsync();
        await Listener.DisposeAsync();
        if (Also is not null) await Also.DisposeAsync();
    }
}
