using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Gives collections of one kind of keys their comparer.</summary>
internal abstract class Seeding
{
    /// <summary>Code for all values that are references is shared, so these make NativeAOT compile what any of them needs.</summary>
    public static IReadOnlyList<Seeding> Rooted { get; } =
    [
        .. Of<int>(), .. Of<uint>(), .. Of<long>(), .. Of<ulong>(), .. Of<double>(), .. Of<float>(), .. Of<decimal>(), .. Of<Guid>(),
            .. Of<DateTime>(), .. Of<DateTimeOffset>(), .. Of<TimeSpan>(), .. Of<TimeOnly>(),
    ];

    /// <summary>How the serializer is to read the type.</summary>
    /// <param name="info">How it would.</param>
    public abstract JsonTypeInfo Seed(JsonTypeInfo info);

    private static Seeding[] Of<TKey>()
        where TKey : notnull => [new DictionarySeeding<TKey, object>(), new DictionarySeeding<TKey, int>(), new SetSeeding<TKey>()];
}
