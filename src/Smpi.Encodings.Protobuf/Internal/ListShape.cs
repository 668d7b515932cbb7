namespace Smpi;

/// <summary>Lists, and the interfaces that a list satisfies.</summary>
internal sealed class ListShape<TCollection, T>(ProtobufShape<T> item) : CollectionShape<TCollection, T>(item)
    where TCollection : class, IEnumerable<T>
{
    protected override TCollection Finish(List<T>? items) => (TCollection)(object)(items ?? []);
}
