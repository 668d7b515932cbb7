using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>JSON by System.Text.Json. Strict when reading: see the README of the package.</summary>
public sealed class JsonEncoding : IEncoding
{
    private readonly JsonSerializerOptions _options;

    /// <summary>Makes the encoding with the shapes of generated contexts; safe under trimming and NativeAOT.</summary>
    /// <param name="context">A generated context.</param>
    /// <param name="further">More generated contexts.</param>
    public JsonEncoding(JsonSerializerContext context, params JsonSerializerContext[] further)
        : this(new JsonEncodingOptions { Contexts = [context, .. further] })
    {
    }

    /// <summary>Makes the encoding. Without a context, and where reflection is enabled, types are read by reflection.</summary>
    /// <param name="options">How values become JSON; null for the defaults.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The reflection resolver is used only where IsReflectionEnabledByDefault is on, which trimmed applications turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The reflection resolver is used only where IsReflectionEnabledByDefault is on, which NativeAOT turns off.")]
    public JsonEncoding(JsonEncodingOptions? options = null)
    {
        options ??= new JsonEncodingOptions();
        var resolvers = new List<IJsonTypeInfoResolver>(options.Contexts);
        if (JsonSerializer.IsReflectionEnabledByDefault) resolvers.Add(new DefaultJsonTypeInfoResolver());
        _options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = options.Depth,
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. resolvers]),
            PropertyNameCaseInsensitive = false,
#if NET10_0_OR_GREATER
            AllowDuplicateProperties = false,
#endif
        };
        foreach (JsonConverter converter in options.Converters) _options.Converters.Add(converter);
        _options.MakeReadOnly();
    }

    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public string ContentType => "application/json";

    /// <inheritdoc/>
    public ICodec<T> For<T>() => new JsonCodec<T>((JsonTypeInfo<T>)Info(typeof(T)));

    /// <inheritdoc/>
    public ICodec For(Type type) => new JsonCodec(Info(type));

    private JsonTypeInfo Info(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            if (_options.TryGetTypeInfo(type, out JsonTypeInfo? info)) return info;
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException)
        {
            throw new EncodingException($"JSON cannot carry {type.Name}: {error.Message}", error);
        }

        throw new EncodingException($"JSON knows no {type.Name}: add [JsonSerializable(typeof({type.Name}))] to the JsonSerializerContext that UseJson is given.");
    }
}
