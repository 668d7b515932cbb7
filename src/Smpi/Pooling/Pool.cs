namespace Smpi;

/// <summary>A bounded stack of objects to use again.</summary>
internal sealed class Pool<T>
    where T : class
{
    private const int Capacity = 1024;
    private readonly Lock _gate = new();
    private T[] _items = new T[4];
    private int _count;

    public T? Rent()
    {
        lock (_gate)
        {
            if (_count == 0) return null;
            T item = _items[--_count];
            _items[_count] = null!;
            return item;
        }
    }

    public void Return(T item)
    {
        lock (_gate)
        {
            if (_count == Capacity) return;
            if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
            _items[_count++] = item;
        }
    }
}
