using System.Text.Json.Serialization;

namespace Smpi;

/// <summary>Adds JSON to builders and registries.</summary>
public static class JsonBuilderExtensions
{
    /// <summary>Uses JSON. Without a context types are read by reflection, where it is enabled.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">How values become JSON; null for the defaults.</param>
    public static TBuilder UseJson<TBuilder>(this TBuilder builder, JsonEncodingOptions? options = null)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Settings<ChannelParts>().Encodings.Add(new JsonEncoding(options));
        return builder;
    }

    /// <summary>Uses JSON with the shapes of a generated context; safe under trimming and NativeAOT.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="context">A generated context.</param>
    public static TBuilder UseJson<TBuilder>(this TBuilder builder, JsonSerializerContext context)
        where TBuilder : ISmpiBuilder => UseJson(builder, new JsonEncodingOptions { Contexts = [context] });

    /// <summary>Registers the name <c>json</c> for addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="options">How values become JSON; null for the defaults.</param>
    public static TRegistry AddJson<TRegistry>(this TRegistry registry, JsonEncodingOptions? options = null)
        where TRegistry : IProviderRegistry
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Register(new EncodingEntry("json", "Smpi.Encodings.Json", () => new JsonEncoding(options)));
        return registry;
    }

    /// <summary>Registers the name <c>json</c> with the shapes of a generated context; safe under trimming and NativeAOT.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="context">A generated context.</param>
    public static TRegistry AddJson<TRegistry>(this TRegistry registry, JsonSerializerContext context)
        where TRegistry : IProviderRegistry => AddJson(registry, new JsonEncodingOptions { Contexts = [context] });
}
