using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>MessagePack, by the specification. Strict when reading: see the README of the package.</summary>
public sealed class MessagePackEncoding : IEncoding
{
    private readonly ShapeTable _shapes;
    private readonly int _depth;
    private readonly int _objects;
    private readonly bool _asArrays;

    /// <summary>Makes the encoding; records are found by reflection.</summary>
    /// <param name="options">How values become MessagePack; null for the defaults.</param>
    [RequiresUnreferencedCode(ReflectedShapes.Reason)]
    [RequiresDynamicCode(ReflectedShapes.Reason)]
    public MessagePackEncoding(MessagePackEncodingOptions? options = null)
        : this(options ??= new MessagePackEncodingOptions(), new ReflectedShapes().Find)
    {
    }

    /// <summary>Makes the encoding with given shapes and the scalars only; safe under trimming and NativeAOT.</summary>
    /// <param name="shape">A shape.</param>
    /// <param name="further">More shapes.</param>
    public MessagePackEncoding(MessagePackShape shape, params MessagePackShape[] further)
        : this(new MessagePackEncodingOptions { Shapes = [shape, .. further] }, null)
    {
    }

    private MessagePackEncoding(MessagePackEncodingOptions options, Func<Type, ShapeTable, MessagePackShape>? find)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Depth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Objects);
        _depth = options.Depth;
        _objects = options.Objects;
        _asArrays = options.AsArrays;
        _shapes = new ShapeTable(options.Shapes, find);
    }

    /// <inheritdoc/>
    public string Name => "msgpack";

    /// <inheritdoc/>
    public string ContentType => "application/msgpack";

    /// <summary>Makes the encoding with the shapes of the options and the scalars only; safe under trimming and NativeAOT.</summary>
    /// <param name="options">The shapes, and how deep values may be nested.</param>
    public static MessagePackEncoding OfShapes(MessagePackEncodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MessagePackEncoding(options, null);
    }

    /// <inheritdoc/>
    public ICodec<T> For<T>() => new MessagePackCodec<T>(_shapes.Get<T>(), _depth, _objects, _asArrays);

    /// <inheritdoc/>
    public ICodec For(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new MessagePackCodec(_shapes.Get(type), _depth, _objects, _asArrays);
    }
}
