using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The shapes of scalars, collections and unions, and the shapes that generated code registers for its process.</summary>
/// <remarks>An encoding looks at the shapes of its options first, then at those registered, and uses reflection last.</remarks>
public static class MessagePackShapes
{
    // Facts about types, written by module initializers: they never change once they are there.
    private static readonly ConcurrentDictionary<Type, MessagePackShape> Known = new();

    /// <summary>Makes a shape known to every encoding of the process. The first of a type stays.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="shape">The shape.</param>
    public static void Register<T>(MessagePackShape<T> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (Known.TryAdd(typeof(T), shape)) Holder<T>.Shape = shape;
    }

    /// <summary>The shape of a type of the framework that is one value of MessagePack, such as <see cref="Guid"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="EncodingException">The type is none of them.</exception>
    public static MessagePackShape<T> Scalar<T>()
    {
        foreach (MessagePackShape shape in ScalarShapes.All)
        {
            if (shape.Type == typeof(T)) return (MessagePackShape<T>)shape;
        }

        throw new EncodingException($"{typeof(T).Name} is not one value of MessagePack.");
    }

    /// <summary>An enum as an integer.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static MessagePackShape<T> Enum<T>()
        where T : struct, Enum => new EnumShape<T>();

    /// <summary>A value or nil.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="inner">The value's shape.</param>
    public static MessagePackShape<T?> Nullable<T>(MessagePackShape<T> inner)
        where T : struct => new NullableShape<T>(inner);

    /// <summary>An array.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">The items' shape.</param>
    public static MessagePackShape<T[]?> Array<T>(MessagePackShape<T> item) => new ArrayShape<T>(item);

    /// <summary>A list, or an interface that a list satisfies.</summary>
    /// <typeparam name="TCollection"><see cref="List{T}"/> or the interface.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">The items' shape.</param>
    public static MessagePackShape<TCollection?> List<TCollection, T>(MessagePackShape<T> item)
        where TCollection : class, IEnumerable<T> => new ListShape<TCollection, T>(item);

    /// <summary>A set, or an interface that a hash set satisfies.</summary>
    /// <typeparam name="TCollection"><see cref="HashSet{T}"/> or the interface.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">The items' shape.</param>
    public static MessagePackShape<TCollection?> Set<TCollection, T>(MessagePackShape<T> item)
        where TCollection : class, IEnumerable<T> => new SetShape<TCollection, T>(item);

    /// <summary>A dictionary, or an interface that a dictionary satisfies.</summary>
    /// <typeparam name="TDictionary"><see cref="Dictionary{TKey, TValue}"/> or the interface.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="key">The keys' shape, one of <see cref="TextKey{T}"/>, <see cref="NumberKey{T}"/> and <see cref="EnumKey{T}"/>.</param>
    /// <param name="item">The values' shape.</param>
    public static MessagePackShape<TDictionary?> Dictionary<TDictionary, TKey, T>(MessagePackShape<TKey> key, MessagePackShape<T> item)
        where TDictionary : class, IEnumerable<KeyValuePair<TKey, T>>
        where TKey : notnull => new DictionaryShape<TDictionary, TKey, T>(key, item);

    /// <summary>Keys that are text: strings, characters, decimals, booleans, GUIDs, times and URIs.</summary>
    /// <typeparam name="T">The type of the keys.</typeparam>
    public static MessagePackShape<T> TextKey<T>() =>
        (MessagePackShape<T>?)KeyShapes.Texts.FirstOrDefault(static s => s.Type == typeof(T)) ?? Scalar<T>();

    /// <summary>Keys that are numbers; read from text too.</summary>
    /// <typeparam name="T">The type of the keys.</typeparam>
    public static MessagePackShape<T> NumberKey<T>()
        where T : IUtf8SpanParsable<T> => new NumberKeyShape<T>(Scalar<T>());

    /// <summary>Keys that are enums; read from text too.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static MessagePackShape<T> EnumKey<T>()
        where T : struct, Enum => new EnumKeyShape<T>(new EnumShape<T>());

    /// <summary>A union: the record of the case with a discriminator.</summary>
    /// <typeparam name="T">The base of the cases.</typeparam>
    /// <param name="tagName">The discriminator's name.</param>
    /// <param name="ofBase">Values of the base itself, which travel without a discriminator; null when it is abstract or a case.</param>
    /// <param name="cases">Each discriminator, a string or an <see cref="int"/>, and the shape of its record: a <see cref="MessagePackRecordShape{T}"/>.</param>
    public static MessagePackShape<T?> Union<T>(string tagName, MessagePackShape<T>? ofBase, params (object Tag, MessagePackShape Shape)[] cases)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(cases);
        var union = new UnionShape<T>(tagName);
        union.Complete([.. cases.Select(c => UnionCase.Of(tagName, c.Tag, c.Shape))], ofBase);
        return union;
    }

    internal static MessagePackShape<T>? Registered<T>() => Holder<T>.Shape ?? (MessagePackShape<T>?)Registered(typeof(T));

    internal static MessagePackShape? Registered(Type type)
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
    }

    private static class Holder<T>
    {
        public static MessagePackShape<T>? Shape { get; set; }
    }
}
