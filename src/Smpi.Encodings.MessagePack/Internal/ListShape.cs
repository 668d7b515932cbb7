namespace Smpi;

/// <summary>Lists, and the interfaces that a list satisfies.</summary>
internal sealed class ListShape<TCollection, T>(MessagePackShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    protected override TCollection Begin(int capacity) => (TCollection)(object)new List<T>(capacity);

    protected override void Add(ref TCollection collection, int index, T value) => ((List<T>)(object)collection).Add(value);
}
