using System.ComponentModel;

namespace Smpi;

/// <summary>What generated code knows of a contract: its client, and how its methods are answered.</summary>
/// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractBinding<TContract>
    where TContract : class
{
    /// <summary>Makes a client.</summary>
    /// <param name="channel">What its calls go through; it stays the caller's to dispose.</param>
    public abstract TContract Proxy(ISmpiChannel channel);

    /// <summary>Adds a handler for each method.</summary>
    /// <param name="handlers">Takes them.</param>
    public abstract void Handle(ContractHandlers<TContract> handlers);
}
