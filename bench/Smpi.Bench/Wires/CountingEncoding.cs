using System.Buffers;

namespace Smpi.Bench;

/// <summary>Counts how often an event is encoded.</summary>
internal sealed class CountingEncoding(IEncoding inner) : IEncoding
{
    private long _encoded;

    public string Name => inner.Name;

    public string ContentType => inner.ContentType;

    public long Encoded => Interlocked.Read(ref _encoded);

    public ICodec<T> For<T>() => new Codec<T>(this, inner.For<T>());

    public ICodec For(Type type) => inner.For(type);

    private sealed class Codec<T>(CountingEncoding owner, ICodec<T> codec) : ICodec<T>
    {
        public void Write(IBufferWriter<byte> output, T value)
        {
            Interlocked.Increment(ref owner._encoded);
            codec.Write(output, value);
        }

        public T Read(in ReadOnlySequence<byte> body) => codec.Read(body);
    }
}
