namespace Smpi;

/// <summary>A list, or an interface that a list satisfies.</summary>
internal sealed class ListShape<TCollection, T>(JsonShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    protected override TCollection Made(List<T> items) => (TCollection)(IEnumerable<T>)items;
}
