namespace Smpi;

/// <summary>Answers the methods of a contract interface with an object that implements it.</summary>
/// <remarks>Subjects and records are those of the contract, so calls by subject reach an implementation too.</remarks>
public static class ImplementExtensions
{
    /// <summary>Answers with one object, for all peers and calls.</summary>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="implementation">The object: its methods may run side by side, and it is not disposed.</param>
    /// <exception cref="SmpiConfigurationException">The contract has no generated code, or one of its subjects has a handler already.</exception>
    public static ISmpiBuilder Implement<TContract>(this ISmpiBuilder builder, TContract implementation)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(implementation);
        ContractRegistry.Find<TContract>().Handle(new ContractHandlers<TContract>(builder, implementation));
        return builder;
    }

    /// <summary>Answers with an object made for every call, which may know its caller.</summary>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the object of one call; it is not disposed.</param>
    /// <exception cref="SmpiConfigurationException">The contract has no generated code, or one of its subjects has a handler already.</exception>
    public static ISmpiBuilder Implement<TContract>(this ISmpiBuilder builder, Func<CallContext, TContract> create)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        ContractRegistry.Find<TContract>().Handle(new ContractHandlers<TContract>(builder, services => create(services.Get<CallContext>())));
        return builder;
    }

    /// <summary>Answers with a service, found in the scope of every call.</summary>
    /// <typeparam name="TContract">The interface with <see cref="SmpiContractAttribute"/>.</typeparam>
    /// <typeparam name="TImplementation">The class, registered as a service.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <exception cref="SmpiConfigurationException">The contract has no generated code, or one of its subjects has a handler already.</exception>
    public static ISmpiBuilder Implement<TContract, TImplementation>(this ISmpiBuilder builder)
        where TContract : class
        where TImplementation : class, TContract
    {
        ArgumentNullException.ThrowIfNull(builder);
        ContractRegistry.Find<TContract>().Handle(new ContractHandlers<TContract>(builder, static services => services.Get<TImplementation>()));
        return builder;
    }
}
