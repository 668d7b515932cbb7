namespace Smpi;

/// <summary>Registers every first-party provider.</summary>
public static class AllProviders
{
    /// <summary>Registers every first-party protocol, format and encoding. Encodings read types by reflection, where it is enabled; for NativeAOT give JSON a context with <c>AddJson</c> or <c>UseJson</c>.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    public static TRegistry AddAll<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry => registry.AddStdio().AddTcp().AddWebSocket().AddJson().AddMessagePack().AddProtobuf();
}
