using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One pool for every type of call.</summary>
internal sealed class PoolSet
{
    private readonly Lock _gate = new();
    private object?[] _pools = new object?[16];

    public Pool<T> Of<T>()
        where T : class
    {
        object?[] pools = Volatile.Read(ref _pools);
        int index = TypeIndex.Of<T>.Value;
        return index < pools.Length && pools[index] is { } pool ? Unsafe.As<Pool<T>>(pool) : Add<T>(index);
    }

    private Pool<T> Add<T>(int index)
        where T : class
    {
        lock (_gate)
        {
            if (index < _pools.Length && _pools[index] is Pool<T> known) return known;
            var pool = new Pool<T>();
            object?[] next = new object?[Math.Max(index + 1, _pools.Length)];
            _pools.CopyTo(next, 0);
            next[index] = pool;
            Volatile.Write(ref _pools, next);
            return pool;
        }
    }
}
