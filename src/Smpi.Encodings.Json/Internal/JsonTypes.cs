using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>The shapes of types, for each direction.</summary>
/// <remarks>
/// The two directions differ: a generated context writes by its own code only where no converter and no foreign resolver is added, and reading needs both to
/// refuse numbers that overflow and to know <see cref="JsonElement"/> and the like without a context.
/// </remarks>
internal sealed class JsonTypes
{
    private readonly JsonSerializerOptions _write;
    private readonly JsonSerializerOptions _read;
    private readonly bool _mayBeStraight;

    /// <summary>How many objects a body may hold.</summary>
    public int Objects { get; }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The reflection resolver is used only where IsReflectionEnabledByDefault is on, which trimmed applications turn off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The reflection resolver is used only where IsReflectionEnabledByDefault is on, which NativeAOT turns off.")]
    public JsonTypes(JsonEncodingOptions options)
    {
        var resolvers = new List<IJsonTypeInfoResolver>(options.Contexts);
        if (options.Reflection && JsonSerializer.IsReflectionEnabledByDefault) resolvers.Add(new DefaultJsonTypeInfoResolver());
        Objects = options.Objects;
        _write = Make(options, JsonTypeInfoResolver.Combine([.. resolvers]));
        _read = Make(options, new SeededCollections(
            JsonTypeInfoResolver.Combine([.. resolvers, new BuiltInShapes()])
                .WithAddedModifier(FiniteNumbers.Spare)
                .WithAddedModifier(NotNullMembers.Demand)));
        _read.RespectNullableAnnotations = true;
        _read.Converters.Add(new FiniteNumbers.OfDouble());
        _read.Converters.Add(new FiniteNumbers.OfSingle());
        _write.MakeReadOnly();
        _read.MakeReadOnly();

        // Other resolvers than contexts may change how a member is read or written, and nothing would show it.
        _mayBeStraight = options.Converters.Count == 0 && options.Contexts.All(static context => context is JsonSerializerContext);
    }

    public JsonTypeInfo ToRead(Type type) => Find(_read, type) ?? throw new EncodingException(
        $"JSON knows no {TypeNames.Of(type)}: add [JsonSerializable(typeof({TypeNames.Of(type)}))] to the JsonSerializerContext that UseJson or AddJson is given.");

    public JsonTypeInfo ToWrite(Type type) => Find(_write, type) ?? ToRead(type);

    /// <summary>The straight way of a type, where the serializer would treat the type in the same way; otherwise null.</summary>
    public JsonShape<T>? Straight<T>()
    {
        if (!_mayBeStraight || JsonShapes.Registered(typeof(T)) is not JsonShape<T> shape) return null;
        try
        {
            return Agreement.Of(shape, _write, []) && Agreement.Of(shape, _read, []) ? shape : null;
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException or JsonException)
        {
            // A context may lack what is asked for; the serializer says so when it needs it.
            return null;
        }
    }

    private static JsonTypeInfo? Find(JsonSerializerOptions options, Type type)
    {
        try
        {
            return options.TryGetTypeInfo(type, out JsonTypeInfo? info) ? info : null;
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            throw new EncodingException($"JSON cannot carry {TypeNames.Of(type)}: {JsonAdvice.Of(error.Message)}", error);
        }
    }

    private static JsonSerializerOptions Make(JsonEncodingOptions options, IJsonTypeInfoResolver resolver)
    {
        var made = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = options.Depth,
            TypeInfoResolver = resolver,
            PropertyNameCaseInsensitive = false,
            AllowOutOfOrderMetadataProperties = true,
#if NET10_0_OR_GREATER
            AllowDuplicateProperties = false,
#endif
        };
        foreach (JsonConverter converter in options.Converters) made.Converters.Add(converter);
        return made;
    }
}
