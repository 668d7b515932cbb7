namespace Smpi;

/// <summary>Arrays.</summary>
internal sealed class ArrayShape<T>(MessagePackShape<T> item) : CollectionShape<T[], T>(item)
{
    protected override T[] Begin(int capacity) => capacity == 0 ? [] : new T[capacity];

    protected override void Add(ref T[] collection, int index, T value)
    {
        if (index == collection.Length) Array.Resize(ref collection, checked(index * 2));
        collection[index] = value;
    }

    protected override T[] Finish(T[] collection, int count)
    {
        if (collection.Length != count) Array.Resize(ref collection, count);
        return collection;
    }
}
