namespace Smpi;

/// <summary>Servers on any address.</summary>
public static class SmpiServerExtensions
{
    extension(SmpiServer)
    {
        /// <summary>Listens on an address with every first-party provider.</summary>
        /// <param name="address">The address, such as <c>tcp://127.0.0.1:4711</c>, or <c>stdio:</c> to serve the host of this process.</param>
        /// <param name="configure">Adds handlers and more.</param>
        /// <param name="cancellationToken">Ends the attempt.</param>
        /// <exception cref="SmpiConfigurationException">The address is in use, or names what is not there.</exception>
        public static ValueTask<ISmpiServer> ListenAsync(string address, Action<SmpiBuilder> configure, CancellationToken cancellationToken = default) =>
            new SmpiProviders().AddAll().ListenAsync(address, configure, cancellationToken);
    }
}
