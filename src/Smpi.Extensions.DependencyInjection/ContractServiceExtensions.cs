using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Smpi;

/// <summary>Makes contract interfaces services: the peer's as proxies, this side's as implementations.</summary>
public static class ContractServiceExtensions
{
    /// <summary>Makes the peer's implementation of a contract a service, so that a constructor can take the interface.</summary>
    /// <remarks>The service of a keyed channel has the channel's key. Inside a call it inherits what is left of the call's deadline, as the channel does.</remarks>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <param name="builder">The channel that the calls go through.</param>
    public static ISmpiServiceBuilder AddProxy<TContract>(this ISmpiServiceBuilder builder)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name.Length == 0)
            builder.Services.AddTransient(static provider => provider.GetRequiredService<ISmpiChannel>().Proxy<TContract>());
        else
            builder.Services.AddKeyedTransient(builder.Name, static (provider, key) => provider.GetRequiredKeyedService<ISmpiChannel>(key).Proxy<TContract>());
        return builder;
    }

    /// <summary>Answers a contract with a service, found in the scope of every call; it is registered as scoped unless it is registered already.</summary>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <typeparam name="TImplementation">The class; its constructor may take services and a <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The channel or server that is called.</param>
    /// <exception cref="SmpiConfigurationException">The contract has no generated code, or one of its subjects has a handler already.</exception>
    public static ISmpiServiceBuilder Implement<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(this ISmpiServiceBuilder builder)
        where TContract : class
        where TImplementation : class, TContract
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<TImplementation>();
        ((ISmpiBuilder)builder).Implement<TContract, TImplementation>();
        return builder;
    }

    /// <summary>Answers a contract with one object, for all peers and calls.</summary>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <param name="builder">The channel or server that is called.</param>
    /// <param name="implementation">The object: its methods may run side by side, and it is not disposed.</param>
    /// <exception cref="SmpiConfigurationException">The contract has no generated code, or one of its subjects has a handler already.</exception>
    public static ISmpiServiceBuilder Implement<TContract>(this ISmpiServiceBuilder builder, TContract implementation)
        where TContract : class
    {
        ((ISmpiBuilder)builder).Implement(implementation);
        return builder;
    }
}
