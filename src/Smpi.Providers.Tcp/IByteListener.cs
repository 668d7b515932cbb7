namespace Smpi;

/// <summary>Accepts raw bytes, before any handshake.</summary>
public interface IByteListener : IAsyncDisposable
{
    /// <summary>The address that a peer connects to, with the real port where any port was asked for.</summary>
    string Address { get; }

    /// <summary>Accepts the next peer. Calls never overlap; a failure of one peer is survived here.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The peer's bytes; null when the listener was disposed.</returns>
    ValueTask<IByteTransport?> AcceptAsync(CancellationToken cancellationToken);
}
