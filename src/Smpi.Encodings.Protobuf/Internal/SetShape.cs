namespace Smpi;

/// <summary>Sets, and the interfaces that a hash set satisfies. An item that is there twice is taken once.</summary>
internal sealed class SetShape<TCollection, T>(ProtobufShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    private static readonly IEqualityComparer<T>? Comparer = SeededComparers.Of<T>();

    // Grows as items arrive: a slot of a set is larger than the octet that an item may be.
    protected override TCollection Finish(List<T>? items)
    {
        var set = new HashSet<T>(Comparer);
        foreach (T value in items ?? []) set.Add(value);
        return (TCollection)(object)set;
    }
}
