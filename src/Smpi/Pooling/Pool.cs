namespace Smpi;

/// <summary>A bounded stack of objects to use again.</summary>
internal sealed class Pool<T>
    where T : class
{
    private const int Capacity = 1024;
    private Gate _gate;
    private T[] _items = new T[4];
    private int _count;

    public T? Rent()
    {
        if (Volatile.Read(ref _count) == 0) return null;
        T? item = null;
        _gate.Enter();
        if (_count > 0)
        {
            item = _items[--_count];
            _items[_count] = null!;
        }

        _gate.Exit();
        return item;
    }

    public void Return(T item)
    {
        T[]? larger = _count == _items.Length && _count < Capacity ? new T[_count * 2] : null;
        _gate.Enter();
        if (_count == _items.Length && larger?.Length > _count)
        {
            Array.Copy(_items, larger, _count);
            _items = larger;
        }

        // What finds no place is left to the collector.
        if (_count < _items.Length) _items[_count++] = item;
        _gate.Exit();
    }
}
