using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>Protocol Buffers (proto3), by the specification. Strict when reading: see the README of the package.</summary>
public sealed class ProtobufEncoding : IEncoding
{
    private readonly ShapeTable _shapes;
    private readonly int _depth;
    private readonly int _objects;

    /// <summary>Makes the encoding; records that have no shape are found by reflection.</summary>
    /// <param name="options">How values become Protobuf; null for the defaults.</param>
    /// <exception cref="EncodingException">The lock cannot be read.</exception>
    [RequiresUnreferencedCode(ReflectedShapes.Reason)]
    [RequiresDynamicCode(ReflectedShapes.Reason)]
    public ProtobufEncoding(ProtobufEncodingOptions? options = null)
        : this(options ??= new ProtobufEncodingOptions(), new ReflectedShapes(options.Lock).Find)
    {
    }

    private ProtobufEncoding(ProtobufEncodingOptions options, Func<Type, ShapeTable, ProtobufShape>? find, bool usesRegistered = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Depth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Objects);
        _depth = options.Depth;
        _objects = options.Objects;
        _shapes = new ShapeTable(options.Shapes, find, usesRegistered);
    }

    /// <inheritdoc/>
    public string Name => "protobuf";

    /// <inheritdoc/>
    public string ContentType => "application/protobuf";

    /// <summary>Makes the encoding with the shapes of the options, those registered and the scalars only; safe under trimming and NativeAOT.</summary>
    /// <param name="options">The shapes, and how deep values may be nested.</param>
    public static ProtobufEncoding OfShapes(ProtobufEncodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ProtobufEncoding(options, null);
    }

    /// <summary>Makes the encoding that finds every record by reflection, those with registered shapes too.</summary>
    /// <param name="options">How values become Protobuf.</param>
    [RequiresUnreferencedCode(ReflectedShapes.Reason)]
    [RequiresDynamicCode(ReflectedShapes.Reason)]
    internal static ProtobufEncoding OfReflection(ProtobufEncodingOptions options) => new(options, new ReflectedShapes(options.Lock).Find, usesRegistered: false);

    /// <inheritdoc/>
    public ICodec<T> For<T>() => new ProtobufCodec<T>(_shapes.Get<T>(), _depth, _objects);

    /// <inheritdoc/>
    public ICodec For(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new ProtobufCodec(_shapes.Get(type), _depth, _objects);
    }
}
