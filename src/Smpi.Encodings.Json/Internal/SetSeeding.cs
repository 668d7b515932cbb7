using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Sets.</summary>
internal sealed class SetSeeding<T> : Seeding
{
    private static readonly IEqualityComparer<T>? Comparer = SeededComparers.Of<T>();

    public override JsonTypeInfo Seed(JsonTypeInfo info)
    {
        switch (info)
        {
            case JsonTypeInfo<HashSet<T>> plain:
                plain.CreateObject = static () => new(Comparer);
                return plain;
            case JsonTypeInfo<ISet<T>> plain:
                plain.CreateObject = static () => new HashSet<T>(Comparer);
                return plain;
            case JsonTypeInfo<IReadOnlySet<T>> plain:
                return SeededConverter<IReadOnlySet<T>, HashSet<T>>.Info(plain, Shape(plain), static read => read);
            case JsonTypeInfo<ImmutableHashSet<T>> plain:
                return SeededConverter<ImmutableHashSet<T>, HashSet<T>>.Info(plain, Shape(plain), static read =>
                    read.ToImmutableHashSet(Comparer));
            case JsonTypeInfo<IImmutableSet<T>> plain:
                return SeededConverter<IImmutableSet<T>, HashSet<T>>.Info(plain, Shape(plain), static read =>
                    read.ToImmutableHashSet(Comparer));
            default:
                return info;
        }
    }

    private static JsonTypeInfo<HashSet<T>> Shape(JsonTypeInfo info) =>
        JsonMetadataServices.CreateISetInfo<HashSet<T>, T>(info.Options, new() { ObjectCreator = static () => new(Comparer) });
}
