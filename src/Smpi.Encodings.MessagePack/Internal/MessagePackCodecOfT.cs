using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads values of one type.</summary>
internal sealed class MessagePackCodec<T>(MessagePackShape<T> shape, int depth, int objects, bool asArrays) : ICodec<T>
{
    public void Write(IBufferWriter<byte> output, T value)
    {
        try
        {
            var writer = new MessagePackWriter(output, depth, asArrays);
            shape.Write(ref writer, value);
            writer.Flush();
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            throw MessagePackFailure.Writing(typeof(T), error);
        }
    }

    public T Read(in ReadOnlySequence<byte> body)
    {
        var reader = new MessagePackReader(in body, depth, objects);
        try
        {
            T value = shape.Read(ref reader);
            reader.Finish();
            if (!typeof(T).IsValueType && value is null
                && !NullBodies.AreAllowed(typeof(T))) throw MessagePackFailure.NullBody(typeof(T).Name);
            return value;
        }
        // Constructors and setters of users throw what they like.
        catch (Exception error)
        {
            throw MessagePackFailure.Reading(typeof(T), error);
        }
        finally
        {
            reader.Dispose();
        }
    }
}
