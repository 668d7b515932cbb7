using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Writes and reads values of one type: straight where a shape can, by the serializer otherwise.</summary>
internal sealed class JsonCodec<T>(JsonTypeInfo<T> written, JsonTypeInfo<T> read, JsonShape<T>? straight, int objects) : ICodec<T>
{
    private readonly ObjectCount _count = new(read, objects);

    /// <summary>Whether a shape is tried first.</summary>
    public bool IsStraight => straight is not null;

    public void Write(IBufferWriter<byte> output, T value)
    {
        if (straight is null || !TryWriteStraight(output, value)) WriteSerialized(output, value);
    }

    public T Read(in ReadOnlySequence<byte> body)
    {
        if (straight is null || !body.IsSingleSegment || !TryReadStraight(body.FirstSpan, out T? value)) value = ReadSerialized(in body);
        if (!typeof(T).IsValueType && value is null && !NullBodies.AreAllowed(typeof(T))) throw JsonFailure.NullBody(typeof(T));
        return value!;
    }

    private bool TryWriteStraight(IBufferWriter<byte> output, T value)
    {
        var writer = new JsonShapeWriter(output, written.Options.MaxDepth);
        Exception? cause = null;
        try
        {
            if (straight!.TryWrite(ref writer, value))
            {
                writer.Flush();
                return true;
            }
        }
        catch (Exception error) when (JsonFailure.IsExpected(error))
        {
            cause = error;
        }

        if (writer.Advanced == 0) return false;

        // After a part was handed over the serializer still says what is wrong; what it can write after all, at the limit of depth, is written to its end.
        WriteSerialized(new RestOutput(output, cause is null ? writer.Advanced : long.MaxValue), value);
        return cause is null ? true : throw JsonFailure.Writing(value, written, cause);
    }

    private bool TryReadStraight(ReadOnlySpan<byte> body, out T? value)
    {
        value = default;
        try
        {
            var reader = new JsonShapeReader(body, read.Options.MaxDepth, objects);
            return straight!.TryRead(ref reader, out value) && reader.IsAtEnd;
        }
        catch (Exception)
        {
            // The serializer meets the same and says where.
            return false;
        }
    }

    private void WriteSerialized(IBufferWriter<byte> output, T value)
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

    private T ReadSerialized(in ReadOnlySequence<byte> body)
    {
        _count.Check(in body);
        try
        {
            if (body.IsSingleSegment) return JsonSerializer.Deserialize(JsonReaders.Checked(body.FirstSpan), read)!;
            Utf8JsonReader reader = JsonReaders.Over(in body, read.Options);
            T? value = JsonSerializer.Deserialize(ref reader, read);
            JsonReaders.End(ref reader);
            return value!;
        }
        catch (Exception error) when (JsonFailure.IsOfReading(error))
        {
            throw JsonFailure.Reading(typeof(T), error);
        }
    }
}
