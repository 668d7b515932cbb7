using System.Buffers;
using System.Text.Json;

namespace Smpi.ThrowingChild;

/// <summary>An encoding that wraps nothing: what a converter throws comes out of the codec as it is.</summary>
internal sealed class PlainJson : IEncoding
{
    public string Name => "json";

    public string ContentType => "application/json";

    public ICodec<T> For<T>() => typeof(T) == typeof(Uncoded) ? throw new Boom() : new Codec<T>();

    public ICodec For(Type type) => new Untyped(type);

    private sealed class Codec<T> : ICodec<T>
    {
        public void Write(IBufferWriter<byte> output, T value)
        {
            using var writer = new Utf8JsonWriter(output);
            JsonSerializer.Serialize(writer, value);
        }

        public T Read(in ReadOnlySequence<byte> body)
        {
            var reader = new Utf8JsonReader(body);
            return JsonSerializer.Deserialize<T>(ref reader)!;
        }
    }

    private sealed class Untyped(Type type) : ICodec
    {
        public void WriteObject(IBufferWriter<byte> output, object? value)
        {
            using var writer = new Utf8JsonWriter(output);
            JsonSerializer.Serialize(writer, value, type);
        }

        public object? ReadObject(in ReadOnlySequence<byte> body)
        {
            var reader = new Utf8JsonReader(body);
            return JsonSerializer.Deserialize(ref reader, type);
        }
    }
}
