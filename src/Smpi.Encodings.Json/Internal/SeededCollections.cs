using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>
/// Has dictionaries and sets made with comparers whose hashes a peer cannot foresee, so that no body makes every key fall into one
/// bucket.
/// </summary>
internal sealed class SeededCollections(IJsonTypeInfoResolver inner) : IJsonTypeInfoResolver
{
    private static readonly Type[] Dictionaries =
    [
        typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(ConcurrentDictionary<,>),
            typeof(ImmutableDictionary<,>), typeof(IImmutableDictionary<,>),
    ];

    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>), typeof(ImmutableHashSet<>),
        typeof(IImmutableSet<>)];

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        JsonTypeInfo? info = inner.GetTypeInfo(type, options);
        if (info is null || !type.IsGenericType || !Agreement.IsOfFramework(info.Converter)) return info;
        Type definition = type.GetGenericTypeDefinition();
        Type[] of = type.GetGenericArguments();
        Type? seeding = Dictionaries.Contains(definition) ? typeof(DictionarySeeding<,>) : Sets.Contains(definition) ? typeof(SetSeeding<>)
            : null;
        return seeding is not null && SeededComparers.IsSeeded(of[0]) && Make(seeding, of) is { } found ? found.Seed(info) : info;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The arguments have no demands on their members.")]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The constructors of both are kept by the instances in Rooted.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "What was not compiled keeps its own comparer, as documented.")]
    private static Seeding? Make(Type definition, Type[] of)
    {
        try
        {
            Type closed = definition.MakeGenericType(of);
            return Seeding.Rooted.FirstOrDefault(seeding => seeding.GetType() == closed) ?? (Seeding?)Activator.CreateInstance(closed);
        }
        catch (Exception error) when (error is NotSupportedException or MissingMethodException or TypeLoadException)
        {
            return null;
        }
    }
}
