using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>JSON by System.Text.Json. Strict when reading: see the README of the package.</summary>
public sealed class JsonEncoding : IEncoding
{
    private readonly JsonTypes _types;

    /// <summary>Makes the encoding with the shapes of generated contexts; safe under trimming and NativeAOT.</summary>
    /// <param name="context">A generated context.</param>
    /// <param name="further">More generated contexts.</param>
    public JsonEncoding(JsonSerializerContext context, params JsonSerializerContext[] further)
        : this(new JsonEncodingOptions { Contexts = [context, .. further] })
    {
    }

    /// <summary>Makes the encoding. What no context knows is read by reflection, where it is enabled.</summary>
    /// <param name="options">How values become JSON; null for the defaults.</param>
    public JsonEncoding(JsonEncodingOptions? options = null)
    {
        options ??= new JsonEncodingOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Depth, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Objects, 1, nameof(options));
        _types = new JsonTypes(options);
    }

    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public string ContentType => "application/json";

    /// <inheritdoc/>
    public ICodec<T> For<T>() => new JsonCodec<T>((JsonTypeInfo<T>)_types.ToWrite(typeof(T)), (JsonTypeInfo<T>)_types.ToRead(typeof(T)),
        _types.Straight<T>(), _types.Objects);

    /// <inheritdoc/>
    public ICodec For(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new JsonCodec(_types.ToWrite(type), _types.ToRead(type), _types.Objects);
    }
}
