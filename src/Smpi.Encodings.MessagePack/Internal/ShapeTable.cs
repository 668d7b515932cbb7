using System.Collections.Concurrent;

namespace Smpi;

/// <summary>The shapes of one encoding: those given, the scalars, and those found by reflection where that is on.</summary>
internal sealed class ShapeTable
{
    private readonly ConcurrentDictionary<Type, MessagePackShape> _shapes = new();
    private readonly Func<Type, ShapeTable, MessagePackShape>? _find;

    public ShapeTable(IReadOnlyList<MessagePackShape> given, Func<Type, ShapeTable, MessagePackShape>? find)
    {
        ArgumentNullException.ThrowIfNull(given);
        _find = find;
        foreach (MessagePackShape shape in given) _shapes.TryAdd(shape.Type, shape);
        foreach (MessagePackShape shape in ScalarShapes.All) _shapes.TryAdd(shape.Type, shape);
    }

    public MessagePackShape<T> Get<T>()
    {
        if (_shapes.TryGetValue(typeof(T), out MessagePackShape? shape)) return (MessagePackShape<T>)shape;
        return MessagePackShapes.Registered<T>() ?? (MessagePackShape<T>)Get(typeof(T));
    }

    public MessagePackShape Get(Type type)
    {
        if (_shapes.TryGetValue(type, out MessagePackShape? shape)) return shape;
        if (MessagePackShapes.Registered(type) is { } registered) return registered;
        if (_find is null) throw Unknown(type);
        return _find(type, this);
    }

    // Kept out of line: the sentence is made for a type that is wrong, and Get runs for every type.
    private static EncodingException Unknown(Type type) => new(
        $"MessagePack has no shape for {type.Name}, and reflection is off: reference Smpi.Generators in the project that calls UseMessagePack"
        + $" and make the record public (with [SmpiRecord] where it is no message), or add a MessagePackShape<{type.Name}> to MessagePackEncodingOptions.Shapes.");

    /// <summary>A shape that is complete.</summary>
    /// <param name="type">The type.</param>
    public MessagePackShape? Known(Type type) => _shapes.GetValueOrDefault(type);

    public void Add(Type type, MessagePackShape shape) => _shapes.TryAdd(type, shape);
}
