using System.Collections.Concurrent;

namespace Smpi;

/// <summary>The shapes of one encoding: those given, those registered, the scalars, and those found by reflection where that is on.</summary>
internal sealed class ShapeTable
{
    private readonly ConcurrentDictionary<Type, ProtobufShape> _shapes = new();
    private readonly Func<Type, ShapeTable, ProtobufShape>? _find;
    private readonly bool _usesRegistered;

    public ShapeTable(IReadOnlyList<ProtobufShape> given, Func<Type, ShapeTable, ProtobufShape>? find, bool usesRegistered)
    {
        ArgumentNullException.ThrowIfNull(given);
        _find = find;
        _usesRegistered = usesRegistered;
        foreach (ProtobufShape shape in given) _shapes.TryAdd(shape.Type, shape);
    }

    public ProtobufShape<T> Get<T>() => (ProtobufShape<T>)(_shapes.GetValueOrDefault(typeof(T)) ?? (_usesRegistered ? ProtobufShapes.Registered<T>() : null) ?? Get(typeof(T)));

    public ProtobufShape Get(Type type)
    {
        if (Known(type) is { } known) return known;
        if (_find is null) throw Unknown(type);
        return _find(type, this);
    }

    private static EncodingException Unknown(Type type) => new(
        $"Protobuf has no shape for {type.Name}, and reflection is off: reference Smpi.Generators in the project that calls UseProtobuf"
        + $" and make the record public (with [SmpiRecord] where it is no message), or add a ProtobufShape<{type.Name}> to ProtobufEncodingOptions.Shapes.");

    /// <summary>A shape that is complete.</summary>
    /// <param name="type">The type.</param>
    public ProtobufShape? Known(Type type) => _shapes.GetValueOrDefault(type) ?? (_usesRegistered ? ProtobufShapes.Registered(type) : null) ?? ScalarShapes.Find(type);

    public void Add(Type type, ProtobufShape shape) => _shapes.TryAdd(type, shape);
}
