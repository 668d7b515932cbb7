using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads values of a type known at run time.</summary>
internal sealed class ProtobufCodec(ProtobufShape shape, int depth, int objects) : ICodec
{
    public void WriteObject(IBufferWriter<byte> output, object? value)
    {
        try
        {
            var writer = new ProtobufWriter(output, depth);
            shape.WriteObject(ref writer, value);
            writer.Flush();
        }
        catch (Exception error) when (ProtobufFailure.IsOfValue(error))
        {
            ProtobufFailure.Within(error, shape, 0);
            throw ProtobufFailure.Writing(shape.Type, error);
        }
    }

    public object? ReadObject(in ReadOnlySequence<byte> body)
    {
        var reader = new ProtobufReader(in body, depth, objects);
        try
        {
            object? value = shape.ReadObject(ref reader);
            if (reader.Remaining > 0) throw ProtobufFailure.Unread(reader.Remaining);
            return value;
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Within(error, shape, 0, reader.Number);
            throw ProtobufFailure.Reading(shape.Type, error);
        }
        // Constructors and setters of users throw what they like.
        catch (Exception error)
        {
            throw ProtobufFailure.Reading(shape.Type, error);
        }
        finally
        {
            reader.Dispose();
        }
    }
}
