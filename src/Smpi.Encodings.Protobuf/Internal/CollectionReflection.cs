using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>Finds the shapes of arrays, lists, sets and dictionaries.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class CollectionReflection
{
    private static readonly Type[] Lists =
    [
        typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>),
    ];

    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];

    private static readonly Type[] Dictionaries = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    /// <summary>The types of the items of a collection: one for lists and sets, two for dictionaries; null for types that are none.</summary>
    public static Type[]? Items(Type type)
    {
        if (type == typeof(byte[])) return null;
        if (type.IsSZArray) return [type.GetElementType()!];
        if (!type.IsGenericType) return null;
        Type definition = type.GetGenericTypeDefinition();
        return Lists.Contains(definition) || Sets.Contains(definition) || Dictionaries.Contains(definition) ? type.GetGenericArguments() : null;
    }

    public static ProtobufShape? Find(Type type, Func<Type, ProtobufShape> shapes)
    {
        if (Items(type) is not { } of) return null;
        if (type.IsSZArray) return ReflectedShapes.Create(typeof(ArrayShape<>), of, shapes(of[0]));
        if (of.Length == 2) return ReflectedShapes.Create(typeof(DictionaryShape<,,>), [type, .. of], Key(of[0], shapes), shapes(of[1]));
        return ReflectedShapes.Create(Sets.Contains(type.GetGenericTypeDefinition()) ? typeof(SetShape<,>) : typeof(ListShape<,>), [type, of[0]], shapes(of[0]));
    }

    private static ProtobufShape Key(Type type, Func<Type, ProtobufShape> shapes)
    {
        bool isValue = type.IsEnum || (ScalarShapes.Find(type) is not null && type != typeof(byte[]) && type != typeof(Memory<byte>) && type != typeof(ReadOnlyMemory<byte>));
        return isValue ? shapes(type) : throw new EncodingException($"Protobuf cannot carry a dictionary with keys of {type.Name}: use a string, a number, an enum, a Guid or a time.");
    }
}
