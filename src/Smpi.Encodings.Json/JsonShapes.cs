using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The shapes of values and collections, and those that generated code registers for its process.</summary>
public static class JsonShapes
{
    // Facts about types, written by module initializers: they never change once they are there.
    private static readonly ConcurrentDictionary<Type, JsonShape> Known = new();

    /// <summary>Makes a shape known to every encoding of the process. The first of a type stays.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="shape">The shape.</param>
    public static void Register<T>(JsonShape<T> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Known.TryAdd(typeof(T), shape);
    }

    /// <summary>The shape of a number, a truth value, a text, a time or a <see cref="Guid"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="EncodingException">There is no straight way for the type.</exception>
    public static JsonShape<T> Scalar<T>()
    {
        foreach (JsonShape shape in ScalarShapes.All)
        {
            if (shape is JsonShape<T> found) return found;
        }

        throw new EncodingException($"{TypeNames.Of(typeof(T))} has no straight way to JSON.");
    }

    /// <summary>An enum as an integer.</summary>
    /// <typeparam name="T">An enum of <see cref="int"/>.</typeparam>
    public static JsonShape<T> Enum<T>()
        where T : struct, Enum => new EnumShape<T>();

    /// <summary>A value or null.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="inner">The value's shape.</param>
    public static JsonShape<T?> Nullable<T>(JsonShape<T> inner)
        where T : struct => new NullableShape<T>(inner);

    /// <summary>An array.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">The items' shape.</param>
    public static JsonShape<T[]?> Array<T>(JsonShape<T> item) => new ArrayShape<T>(item);

    /// <summary>A list, or an interface that a list satisfies.</summary>
    /// <typeparam name="TCollection"><see cref="List{T}"/> or the interface.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">The items' shape.</param>
    public static JsonShape<TCollection?> List<TCollection, T>(JsonShape<T> item)
        where TCollection : class, IEnumerable<T> => new ListShape<TCollection, T>(item);

    internal static JsonShape? Registered(Type type)
    {
        if (Known.GetValueOrDefault(type) is { } shape) return shape;

        // Nothing of an assembly that has only records may have run yet.
        Initialize(type);
        return Known.GetValueOrDefault(type);
    }

    private static void Initialize(Type type)
    {
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        foreach (Type argument in type.GenericTypeArguments) Initialize(argument);
        if (type.GetElementType() is { } element) Initialize(element);
    }
}
