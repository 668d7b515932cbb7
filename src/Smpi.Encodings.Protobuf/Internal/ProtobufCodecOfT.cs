using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads values of one type.</summary>
internal sealed class ProtobufCodec<T>(ProtobufShape<T> shape, int depth, int objects) : ICodec<T>
{
    public void Write(IBufferWriter<byte> output, T value)
    {
        try
        {
            var writer = new ProtobufWriter(output, depth);
            if (!shape.IsWrapper && Nulls.Is(value)) throw ProtobufFailure.Null($"a {typeof(T).Name}");
            shape.Write(ref writer, value);
            writer.Flush();
        }
        catch (Exception error) when (ProtobufFailure.IsOfValue(error))
        {
            ProtobufFailure.Within(error, shape, 0);
            throw ProtobufFailure.Writing(typeof(T), error);
        }
    }

    public T Read(in ReadOnlySequence<byte> body)
    {
        var reader = new ProtobufReader(in body, depth, objects);
        try
        {
            T value = shape.Read(ref reader);
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
            throw ProtobufFailure.Reading(typeof(T), error);
        }
        finally
        {
            reader.Dispose();
        }
    }
}
