namespace Smpi;

/// <summary>A way to get connections to one endpoint.</summary>
public interface IProtocol
{
    /// <summary>The name used in addresses and messages, such as <c>tcp</c>.</summary>
    string Name { get; }

    /// <summary>Opens a connection. It returns only when the peer's hello was accepted, where the format has one.</summary>
    /// <param name="options">The format, limits and clock to use.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is left open.</param>
    /// <exception cref="ChannelClosedException">The peer cannot be reached, or refused.</exception>
    /// <exception cref="SmpiConfigurationException">Trying again cannot help: the endpoint, a name or a credential is wrong.</exception>
    ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken);
}
