namespace Smpi;

/// <summary>Calls the methods of a contract interface at the peer.</summary>
public static class ContractCalls
{
    /// <summary>The peer's implementation of a contract, as a small object over the channel: make it once, use it for as long as the channel lives.</summary>
    /// <remarks>
    /// Methods answered once have the channel's deadline, streams have none. A proxy survives reconnects as its channel does, and calls end with the same errors. A proxy of
    /// <see cref="CallContext.Caller"/> inherits what is left of the call's deadline.
    /// </remarks>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <param name="channel">The channel; the proxy does not dispose it.</param>
    /// <exception cref="SmpiConfigurationException">The project of the contract has no reference to <c>Smpi.Generators</c>.</exception>
    public static TContract Proxy<TContract>(this ISmpiChannel channel)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(channel);
        return ContractRegistry.Find<TContract>().Proxy(channel);
    }
}
