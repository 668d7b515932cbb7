using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Writes and reads values of a type known at run time.</summary>
internal sealed class JsonCodec(JsonTypeInfo written, JsonTypeInfo read, int objects) : ICodec
{
    private readonly ObjectCount _count = new(read, objects);

    public void WriteObject(IBufferWriter<byte> output, object? value)
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

    public object? ReadObject(in ReadOnlySequence<byte> body)
    {
        _count.Check(in body);
        try
        {
            object? value = Read(in body);
            return value is not null || NullBodies.AreAllowed(read.Type) ? value : throw JsonFailure.NullBody(read.Type);
        }
        catch (Exception error) when (JsonFailure.IsOfReading(error))
        {
            throw JsonFailure.Reading(read.Type, error);
        }
    }

    private object? Read(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment) return JsonSerializer.Deserialize(JsonReaders.Checked(body.FirstSpan), read);
        Utf8JsonReader reader = JsonReaders.Over(in body, read.Options);
        object? value = JsonSerializer.Deserialize(ref reader, read);
        JsonReaders.End(ref reader);
        return value;
    }
}
