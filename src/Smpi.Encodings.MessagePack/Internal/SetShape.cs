namespace Smpi;

/// <summary>Sets, and the interfaces that a hash set satisfies. An item that is there twice is taken once.</summary>
internal sealed class SetShape<TCollection, T>(MessagePackShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    private static readonly IEqualityComparer<T>? Comparer = SeededComparers.Of<T>();

    // Grows as items arrive: a slot of a set is larger than the octet that a count promises.
    protected override TCollection Begin(int capacity) => (TCollection)(object)new HashSet<T>(Comparer);

    protected override void Add(ref TCollection collection, int index, T value) => ((HashSet<T>)(object)collection).Add(value);
}
