using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Writes and reads values of one type.</summary>
internal sealed class JsonCodec<T>(JsonTypeInfo<T> written, JsonTypeInfo<T> read) : ICodec<T>
{
    public void Write(IBufferWriter<byte> output, T value)
    {
        Utf8JsonWriter writer = JsonWriters.Rent(output, written.Options);
        try
        {
            JsonSerializer.Serialize(writer, value, written);
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            throw JsonFailure.Writing(value, written, error);
        }
        finally
        {
            JsonWriters.Return(writer);
        }
    }

    public T Read(in ReadOnlySequence<byte> body)
    {
        try
        {
            Utf8JsonReader reader = JsonReaders.Over(in body, read.Options);
            T? value = JsonSerializer.Deserialize(ref reader, read);
            JsonReaders.End(ref reader);
            return value!;
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            throw JsonFailure.Reading(typeof(T), error);
        }
    }
}
