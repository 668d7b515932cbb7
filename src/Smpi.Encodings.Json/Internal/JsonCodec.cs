using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Writes and reads values of a type known at run time.</summary>
internal sealed class JsonCodec(JsonTypeInfo info) : ICodec
{
    public void WriteObject(IBufferWriter<byte> output, object? value)
    {
        Utf8JsonWriter writer = JsonWriters.Rent(output);
        try
        {
            JsonSerializer.Serialize(writer, value, info);
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            throw JsonFailure.Writing(info.Type, error);
        }
        finally
        {
            JsonWriters.Return(writer);
        }
    }

    public object? ReadObject(in ReadOnlySequence<byte> body)
    {
        try
        {
            Utf8JsonReader reader = JsonReaders.Over(in body, info.Options);
            object? value = JsonSerializer.Deserialize(ref reader, info);
            JsonReaders.End(ref reader);
            return value;
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            throw JsonFailure.Reading(info.Type, error);
        }
    }
}
