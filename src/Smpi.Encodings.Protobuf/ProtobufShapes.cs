using System.Collections.Concurrent;
using Google.Protobuf;

namespace Smpi;

/// <summary>The shapes that the process knows without reflection, and how shapes are made of shapes.</summary>
/// <remarks>Generated code registers the records of its assembly when that is loaded. All is safe under trimming and NativeAOT.</remarks>
public static class ProtobufShapes
{
    private static readonly ConcurrentDictionary<Type, ProtobufShape> ByType = new();

    /// <summary>Texts.</summary>
    public static ProtobufShape<string> String { get; } = new ScalarShape<string, StringScalar>();

    /// <summary>Octets.</summary>
    public static ProtobufShape<byte[]> Bytes { get; } = new ScalarShape<byte[], BytesScalar>();

    /// <summary>Makes a shape known to every encoding of the process. The first one of a type stays.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="shape">The shape.</param>
    public static void Register<T>(ProtobufShape<T> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (Interlocked.CompareExchange(ref RegisteredShape<T>.Shape, shape, null) is null) ByType.TryAdd(typeof(T), shape);
    }

    /// <summary>The shape of a record, or of any type that is registered: at once, or at its first use if it is not registered yet.</summary>
    /// <typeparam name="T">The type of the values; one that is a message.</typeparam>
    public static ProtobufShape<T> Of<T>() => Registered<T>() ?? new DeferredShape<T>();

    /// <summary>The shape of a type of the framework that is one value: a number, text, octets, a time, a GUID, a URI.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="EncodingException">The type is none of these.</exception>
    public static ProtobufShape<T> Scalar<T>() => (ProtobufShape<T>?)ScalarShapes.Find(typeof(T))
        ?? throw new EncodingException($"Protobuf knows no {typeof(T).Name} as one value: use a record of its parts.");

    /// <summary>An enum.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static ProtobufShape<T> Enum<T>()
        where T : struct, Enum => new ScalarShape<T, EnumScalar<T>>();

    /// <summary>A value type or null.</summary>
    /// <typeparam name="T">The value type.</typeparam>
    /// <param name="inner">How values become Protobuf.</param>
    public static ProtobufShape<T?> Nullable<T>(ProtobufShape<T> inner)
        where T : struct => new NullableShape<T>(inner);

    /// <summary>An array.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">How items become Protobuf.</param>
    public static ProtobufShape<T[]> Array<T>(ProtobufShape<T> item) => new ArrayShape<T>(item);

    /// <summary>A list, or an interface that a list satisfies.</summary>
    /// <typeparam name="TCollection">The type of the list.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">How items become Protobuf.</param>
    public static ProtobufShape<TCollection> List<TCollection, T>(ProtobufShape<T> item)
        where TCollection : class, IEnumerable<T> => new ListShape<TCollection, T>(item);

    /// <summary>A set, or an interface that a hash set satisfies.</summary>
    /// <typeparam name="TCollection">The type of the set.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="item">How items become Protobuf.</param>
    public static ProtobufShape<TCollection> Set<TCollection, T>(ProtobufShape<T> item)
        where TCollection : class, IEnumerable<T> => new SetShape<TCollection, T>(item);

    /// <summary>A dictionary, or an interface that a dictionary satisfies.</summary>
    /// <typeparam name="TDictionary">The type of the dictionary.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="key">How keys become Protobuf; a scalar or an enum.</param>
    /// <param name="item">How values become Protobuf.</param>
    public static ProtobufShape<TDictionary> Dictionary<TDictionary, TKey, T>(ProtobufShape<TKey> key, ProtobufShape<T> item)
        where TDictionary : class, IEnumerable<KeyValuePair<TKey, T>>
        where TKey : notnull => new DictionaryShape<TDictionary, TKey, T>(key, item);

    /// <summary>A union.</summary>
    /// <typeparam name="T">The base type.</typeparam>
    /// <param name="cases">The cases.</param>
    public static ProtobufShape<T> Union<T>(params ProtobufCase<T>[] cases)
        where T : class
    {
        var union = new UnionShape<T>();
        union.Complete(cases);
        return union;
    }

    /// <summary>A case of a union.</summary>
    /// <typeparam name="T">The base type.</typeparam>
    /// <typeparam name="TCase">The type of the case.</typeparam>
    /// <param name="number">The field's number.</param>
    /// <param name="shape">How the case becomes Protobuf.</param>
    public static ProtobufCase<T> Case<T, TCase>(int number, ProtobufShape<TCase> shape)
        where T : class
        where TCase : class, T => new UnionCase<T, TCase>(number, shape);

    /// <summary>A type that protoc generated.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ProtobufShape<T> Google<T>()
        where T : class, IMessage<T>, new() => new GoogleShape<T>(new MessageParser<T>(static () => new T()));

    /// <summary>The failure of a member that must arrive and did not.</summary>
    /// <param name="member">The member's name.</param>
    public static EncodingException Missing(string member) => new($"The required member '{member}' is missing.");

    /// <summary>The failure of a member without null that did not arrive and has no default.</summary>
    /// <param name="member">The member's name.</param>
    public static EncodingException Absent(string member) =>
        new($"The member '{member}' is missing, and its type has no null. Send it, or make it nullable or give it a default.");

    internal static ProtobufShape<T>? Registered<T>() => RegisteredShape<T>.Shape;

    internal static ProtobufShape? Registered(Type type) => ByType.GetValueOrDefault(type);
}
