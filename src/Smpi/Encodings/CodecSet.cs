using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The codecs of one encoding, each resolved once.</summary>
internal sealed class CodecSet(IEncoding encoding)
{
    private readonly ConcurrentDictionary<Type, ICodec> _byType = new();
    private readonly Lock _gate = new();
    private object?[] _byIndex = new object?[16];

    public IEncoding Encoding => encoding;

    public ICodec<T> Get<T>()
    {
        object?[] known = Volatile.Read(ref _byIndex);
        int index = TypeIndex.Of<T>.Value;
        return index < known.Length && known[index] is { } codec ? Unsafe.As<ICodec<T>>(codec) : Add<T>(index);
    }

    public ICodec Get(Type type) => _byType.GetOrAdd(type, static (key, self) => self.Resolve(key), this);

    private ICodec<T> Add<T>(int index)
    {
        object codec = typeof(T) == typeof(RawBody) ? RawBodyCodec.Instance
            : typeof(T) == typeof(PooledBody) ? PooledBodyCodec.Instance
            : typeof(T) == typeof(Empty) ? EmptyCodec.Instance
            : typeof(T).IsInterface || typeof(T) == typeof(object) ? new RuntimeTypeCodec<T>(this)
            : encoding.For<T>();
        lock (_gate)
        {
            object?[] next = _byIndex;
            if (index >= next.Length) Array.Resize(ref next, Math.Max(index + 1, next.Length * 2));
            next[index] = codec;
            Volatile.Write(ref _byIndex, next);
        }

        return (ICodec<T>)codec;
    }

    private ICodec Resolve(Type type) =>
        type == typeof(RawBody) ? RawBodyCodec.Instance
        : type == typeof(PooledBody) ? PooledBodyCodec.Instance
        : type == typeof(Empty) ? EmptyCodec.Instance
        : encoding.For(type);
}
