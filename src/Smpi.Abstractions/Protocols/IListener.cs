namespace Smpi;

/// <summary>Accepts connections until disposed.</summary>
public interface IListener : IAsyncDisposable
{
    /// <summary>The address that a peer connects to, with the real port where any port was asked for.</summary>
    string Address { get; }

    /// <summary>Waits for the next open connection: handshakes run before, side by side, so a slow peer holds up nobody.</summary>
    /// <param name="cancellationToken">Ends the wait; the listener stays usable.</param>
    /// <returns>The connection; null when the listener was disposed.</returns>
    ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken);
}
