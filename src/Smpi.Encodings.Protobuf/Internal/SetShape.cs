namespace Smpi;

/// <summary>Sets, and the interfaces that a hash set satisfies. An item that is there twice is taken once.</summary>
internal sealed class SetShape<TCollection, T>(ProtobufShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    private static readonly IEqualityComparer<T>? Comparer = SeededComparers.Of<T>();

    protected override TCollection Finish(List<T>? items) =>
        (TCollection)(object)(items is null ? new HashSet<T>(Comparer) : new HashSet<T>(items, Comparer));
}
