using System.Buffers;

namespace Smpi;

/// <summary>Writes a value by its type at run time, for requests that are known by their interface only.</summary>
internal sealed class RuntimeTypeCodec<T>(CodecSet codecs) : ICodec<T>
{
    public void Write(IBufferWriter<byte> output, T value)
    {
        if (value is null) throw new EncodingException($"A {typeof(T).Name} cannot be null: there is no type to encode it by.");
        codecs.Get(value.GetType()).WriteObject(output, value);
    }

    public T Read(in ReadOnlySequence<byte> body) => (T)codecs.Encoding.For(typeof(T)).ReadObject(body)!;
}
