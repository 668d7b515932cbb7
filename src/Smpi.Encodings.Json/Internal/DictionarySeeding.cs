using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Dictionaries.</summary>
internal sealed class DictionarySeeding<TKey, TValue> : Seeding
    where TKey : notnull
{
    private static readonly IEqualityComparer<TKey>? Comparer = SeededComparers.Of<TKey>();

    public override JsonTypeInfo Seed(JsonTypeInfo info)
    {
        switch (info)
        {
            case JsonTypeInfo<Dictionary<TKey, TValue>> plain:
                plain.CreateObject = static () => new(Comparer);
                return plain;
            case JsonTypeInfo<IDictionary<TKey, TValue>> plain:
                plain.CreateObject = static () => new Dictionary<TKey, TValue>(Comparer);
                return plain;
            case JsonTypeInfo<ConcurrentDictionary<TKey, TValue>> plain:
                plain.CreateObject = static () => new(Comparer);
                return plain;
            case JsonTypeInfo<IReadOnlyDictionary<TKey, TValue>> plain:
                return SeededConverter<IReadOnlyDictionary<TKey, TValue>, Dictionary<TKey, TValue>>.Info(plain, Shape(plain),
                    static read => read);
            case JsonTypeInfo<ImmutableDictionary<TKey, TValue>> plain:
                return SeededConverter<ImmutableDictionary<TKey, TValue>, Dictionary<TKey, TValue>>.Info(plain, Shape(plain),
                    static read => read.ToImmutableDictionary(Comparer));
            case JsonTypeInfo<IImmutableDictionary<TKey, TValue>> plain:
                return SeededConverter<IImmutableDictionary<TKey, TValue>, Dictionary<TKey, TValue>>.Info(plain, Shape(plain),
                    static read => read.ToImmutableDictionary(Comparer));
            default:
                return info;
        }
    }

    // Made here and not asked for: a context need not know the type.
    private static JsonTypeInfo<Dictionary<TKey, TValue>> Shape(JsonTypeInfo info) =>
        JsonMetadataServices.CreateDictionaryInfo<Dictionary<TKey, TValue>, TKey, TValue>(info.Options,
            new() { ObjectCreator = static () => new(Comparer) });
}
