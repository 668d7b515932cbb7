namespace Smpi;

/// <summary>Registers every first-party provider.</summary>
public static class AllProviders
{
    /// <summary>Registers every first-party protocol, format and encoding. JSON reads types by reflection, where it is enabled; add a context with <c>AddJson</c> for NativeAOT.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    public static TRegistry AddAll<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry => registry.AddStdio().AddTcp().AddJson();
}
