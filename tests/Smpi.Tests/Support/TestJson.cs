using System.Buffers;
using System.Text.Json;

namespace Smpi.Tests;

/// <summary>A plain encoding, so that the core is tested without any encoding package.</summary>
internal sealed class TestJson : IEncoding
{
    public string Name => "json";

    public string ContentType => "application/json";

    public ICodec<T> For<T>() => new Codec<T>();

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
