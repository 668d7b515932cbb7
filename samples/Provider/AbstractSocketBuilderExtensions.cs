namespace Smpi.Samples;

// <builder>
public static class AbstractSocketBuilderExtensions
{
    /// <summary>Connects to an abstract socket.</summary>
    public static TBuilder UseAbstractSocket<TBuilder>(this TBuilder builder, string name)
        where TBuilder : ISmpiBuilder => Set(builder, new AbstractSocketProtocol(name), listen: false);

    /// <summary>Listens on an abstract socket.</summary>
    public static TBuilder ListenAbstractSocket<TBuilder>(this TBuilder builder, string name)
        where TBuilder : ISmpiBuilder => Set(builder, new AbstractSocketProtocol(name), listen: true);

    /// <summary>Makes the token <c>abstract</c> known to addresses and configuration.</summary>
    public static TRegistry AddAbstractSocket<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry
    {
        registry.Register(new ProtocolEntry("abstract", "Smpi.Samples.Provider", static address => new AbstractSocketProtocol(address.Rest)));
        return registry;
    }

    private static TBuilder Set<TBuilder>(TBuilder builder, IProtocol protocol, bool listen)
        where TBuilder : ISmpiBuilder
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        (parts.Protocol, parts.Listen) = (protocol, listen);
        return builder;
    }
}
// </builder>
