using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Smpi;

/// <summary>Adds MessagePack to builders and registries.</summary>
/// <remarks>
/// Records are found by reflection where the framework's switch for serialization by reflection is on
/// (<see cref="JsonSerializer.IsReflectionEnabledByDefault"/>); trimmed and NativeAOT applications turn it off and give shapes.
/// </remarks>
public static class MessagePackBuilderExtensions
{
    /// <summary>Uses MessagePack.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">How values become MessagePack; null for the defaults.</param>
    public static TBuilder UseMessagePack<TBuilder>(this TBuilder builder, MessagePackEncodingOptions? options = null)
        where TBuilder : ISmpiBuilder
    {
        builder.AddMessagePack(options);
        builder.Settings<ChannelParts>().Encodings.Add(Make(options));
        return builder;
    }

    /// <summary>Registers the name <c>msgpack</c> for addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    /// <param name="options">How values become MessagePack; null for the defaults.</param>
    public static TRegistry AddMessagePack<TRegistry>(this TRegistry registry, MessagePackEncodingOptions? options = null)
        where TRegistry : IProviderRegistry
    {
        registry.Register(new EncodingEntry("msgpack", "Smpi.Encodings.MessagePack", () => Make(options)));
        return registry;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reflection is used only where IsReflectionEnabledByDefault is on, which trimmed applications turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reflection is used only where IsReflectionEnabledByDefault is on, which NativeAOT turns off.")]
    private static MessagePackEncoding Make(MessagePackEncodingOptions? options) =>
        JsonSerializer.IsReflectionEnabledByDefault ? new MessagePackEncoding(options) : MessagePackEncoding.OfShapes(options ?? new MessagePackEncodingOptions());
}
