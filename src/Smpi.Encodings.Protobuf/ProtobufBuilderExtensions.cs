using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Smpi;

/// <summary>Adds Protobuf to builders and registries.</summary>
/// <remarks>
/// Records are found by reflection where the framework's switch for serialization by reflection is on
/// (<see cref="JsonSerializer.IsReflectionEnabledByDefault"/>); trimmed and NativeAOT applications turn it off and have shapes generated or give them.
/// </remarks>
public static class ProtobufBuilderExtensions
{
    /// <summary>Uses Protobuf.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">How values become Protobuf; null for the defaults.</param>
    public static TBuilder UseProtobuf<TBuilder>(this TBuilder builder, ProtobufEncodingOptions? options = null)
        where TBuilder : ISmpiBuilder
    {
        builder.AddProtobuf(options);
        builder.Settings<ChannelParts>().Encodings.Add(Make(options));
        return builder;
    }

    /// <summary>Registers the name <c>protobuf</c> for addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="options">How values become Protobuf; null for the defaults.</param>
    public static TRegistry AddProtobuf<TRegistry>(this TRegistry registry, ProtobufEncodingOptions? options = null)
        where TRegistry : IProviderRegistry
    {
        registry.Register(new EncodingEntry("protobuf", "Smpi.Encodings.Protobuf", () => Make(options)));
        return registry;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reflection is used only where IsReflectionEnabledByDefault is on, which trimmed applications turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reflection is used only where IsReflectionEnabledByDefault is on, which NativeAOT turns off.")]
    private static ProtobufEncoding Make(ProtobufEncodingOptions? options) =>
        JsonSerializer.IsReflectionEnabledByDefault ? new ProtobufEncoding(options) : ProtobufEncoding.OfShapes(options ?? new ProtobufEncodingOptions());
}
