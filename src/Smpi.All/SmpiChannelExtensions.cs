namespace Smpi;

/// <summary>Channels to any address.</summary>
public static class SmpiChannelExtensions
{
    extension(SmpiChannel)
    {
        /// <summary>Connects to an address with every first-party provider.</summary>
        /// <param name="address">The address, such as <c>tcp://127.0.0.1:4711</c> or <c>stdio:dotnet worker.dll</c>.</param>
        /// <param name="configure">Adds handlers and more; null for none.</param>
        /// <param name="cancellationToken">Ends the attempt; nothing stays open.</param>
        /// <exception cref="SmpiConfigurationException">Trying again cannot help.</exception>
        /// <exception cref="ChannelClosedException">The peer cannot be reached.</exception>
        public static ValueTask<ISmpiChannel> ConnectAsync(string address, Action<SmpiBuilder>? configure = null, CancellationToken cancellationToken = default) =>
            new SmpiProviders().AddAll().ConnectAsync(address, configure, cancellationToken);
    }
}
