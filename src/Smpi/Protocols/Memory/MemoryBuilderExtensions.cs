namespace Smpi;

/// <summary>Memory connections for builders.</summary>
public static class MemoryBuilderExtensions
{
    /// <summary>Connects to a name in this process.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="network">Where the name is looked up; null for <see cref="MemoryNetwork.Shared"/>.</param>
    /// <param name="options">How this side writes; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder UseMemory<TBuilder>(this TBuilder builder, string name, MemoryNetwork? network = null, MemoryOptions? options = null)
        where TBuilder : ISmpiBuilder => Set(builder, new MemoryProtocol(name, network, options), listen: false);

    /// <summary>Listens on a name in this process.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="network">Where the name is registered; null for <see cref="MemoryNetwork.Shared"/>.</param>
    /// <param name="options">How this side writes; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder ListenMemory<TBuilder>(this TBuilder builder, string name, MemoryNetwork? network = null, MemoryOptions? options = null)
        where TBuilder : ISmpiBuilder => Set(builder, new MemoryProtocol(name, network, options), listen: true);

    /// <summary>Makes <c>memory:name</c> known to addresses and configuration, with the options <c>reference</c> and <c>bytes</c>.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="network">Where names are looked up; null for <see cref="MemoryNetwork.Shared"/>.</param>
    /// <returns>The same registry.</returns>
    public static TRegistry AddMemory<TRegistry>(this TRegistry registry, MemoryNetwork? network = null)
        where TRegistry : IProviderRegistry
    {
        registry.Register(new ProtocolEntry("memory", "Smpi", address => Create(address, network)));
        return registry;
    }

    private static TBuilder Set<TBuilder>(TBuilder builder, MemoryProtocol protocol, bool listen)
        where TBuilder : ISmpiBuilder
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Listen = listen;
        return builder;
    }

    private static MemoryProtocol Create(ProtocolAddress address, MemoryNetwork? network)
    {
        string name = address.Rest.StartsWith("//", StringComparison.Ordinal) ? address.Rest[2..] : address.Rest;
        if (name.Length == 0) throw new SmpiConfigurationException($"'{address}' has no name: write memory:name.");
        var given = address.Replaces as MemoryProtocol;
        MemoryOptions options = given?.Options ?? new MemoryOptions();
        return new MemoryProtocol(
            name,
            network ?? given?.Network,
            options with { ByReference = Flag(address, "reference") ?? options.ByReference, Bytes = Flag(address, "bytes") ?? options.Bytes });
    }

    private static bool? Flag(ProtocolAddress address, string option) => address.Take(option) switch
    {
        null => null,
        { } text when bool.TryParse(text, out bool value) => value,
        { } text => throw new SmpiConfigurationException($"The option '{option}' of '{address}' is '{text}': write true or false."),
    };
}
