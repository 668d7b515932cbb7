namespace Smpi;

/// <summary>A protocol that can also listen.</summary>
public interface IServerProtocol : IProtocol
{
    /// <summary>Starts to listen.</summary>
    /// <param name="options">The format, limits and clock to use.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SmpiConfigurationException">The endpoint is in use or not allowed.</exception>
    ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken);
}
