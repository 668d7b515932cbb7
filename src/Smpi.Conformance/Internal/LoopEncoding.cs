using System.Buffers;
using System.Text.Json;

namespace Smpi.Conformance;

/// <summary>A plain encoding, so that loops are tested without any encoding package.</summary>
internal sealed class LoopEncoding : IEncoding
{
    public string Name => "json";

    public string ContentType => "application/json";

    public ICodec<T> For<T>() => new Codec<T>();

    public ICodec For(Type type) => new Untyped(type);

    private static object? Read(ReadOnlySequence<byte> body, Type type)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException error)
        {
            throw new EncodingException(error.Message, error);
        }
    }

    private static void Write(IBufferWriter<byte> output, object? value, Type type)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, value, type);
    }

    private sealed class Codec<T> : ICodec<T>
    {
        void ICodec<T>.Write(IBufferWriter<byte> output, T value) => LoopEncoding.Write(output, value, typeof(T));

        T ICodec<T>.Read(in ReadOnlySequence<byte> body) => (T)LoopEncoding.Read(body, typeof(T))!;
    }

    private sealed class Untyped(Type type) : ICodec
    {
        public void WriteObject(IBufferWriter<byte> output, object? value) => Write(output, value, type);

        public object? ReadObject(in ReadOnlySequence<byte> body) => Read(body, type);
    }
}
