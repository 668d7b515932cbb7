namespace Smpi;

/// <summary>Registers the protocols of this package.</summary>
public static class TcpRegistryExtensions
{
    private const string Package = "Smpi.Providers.Tcp";

    /// <summary>Makes the tokens <c>tcp</c>, <c>tls</c>, <c>unix</c>, <c>pipe</c> and <c>ipc</c> known to addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry's own type.</typeparam>
    /// <param name="registry">The registry.</param>
    public static TRegistry AddTcp<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Register(new ProtocolEntry("tcp", Package, AddressFactory.Tcp));
        registry.Register(new ProtocolEntry("tls", Package, AddressFactory.Tls));
        registry.Register(new ProtocolEntry("unix", Package, AddressFactory.Unix));
        registry.Register(new ProtocolEntry("pipe", Package, AddressFactory.Pipe));
        registry.Register(new ProtocolEntry("ipc", Package, AddressFactory.Ipc));
        return registry;
    }
}
