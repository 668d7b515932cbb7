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

    public static MessagePackShape? Find(Type type, Func<Type, MessagePackShape> shapes)
    {
        if (type.IsSZArray) return ReflectedShapes.Create(typeof(ArrayShape<>), [type.GetElementType()!], shapes(type.GetElementType()!));
        if (!type.IsGenericType) return null;
        Type definition = type.GetGenericTypeDefinition();
        Type[] of = type.GetGenericArguments();
        if (Lists.Contains(definition)) return ReflectedShapes.Create(typeof(ListShape<,>), [type, of[0]], shapes(of[0]));
        if (Sets.Contains(definition)) return ReflectedShapes.Create(typeof(SetShape<,>), [type, of[0]], shapes(of[0]));
        if (Dictionaries.Contains(definition)) return ReflectedShapes.Create(typeof(DictionaryShape<,,>), [type, .. of], Key(of[0], shapes), shapes(of[1]));
        return null;
    }

    private static MessagePackShape Key(Type type, Func<Type, MessagePackShape> shapes)
    {
        if (KeyShapes.Texts.FirstOrDefault(s => s.Type == type) is { } text) return text;
        if (KeyShapes.SameAsValue.Contains(type)) return shapes(type);
        if (KeyShapes.Numbers.Contains(type)) return ReflectedShapes.Create(typeof(NumberKeyShape<>), [type], shapes(type));
        if (type.IsEnum) return ReflectedShapes.Create(typeof(EnumKeyShape<>), [type], shapes(type));
        throw new EncodingException($"MessagePack cannot carry a dictionary with keys of {type.Name}: use a string, a number, an enum, a Guid or a time.");
    }
}
