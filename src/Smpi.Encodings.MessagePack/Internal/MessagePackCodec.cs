using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads values of a type known at run time.</summary>
internal sealed class MessagePackCodec(MessagePackShape shape, int depth, int objects, bool asArrays) : ICodec
{
    public void WriteObject(IBufferWriter<byte> output, object? value)
    {
        try
        {
            var writer = new MessagePackWriter(output, depth, asArrays);
            shape.WriteObject(ref writer, value);
            writer.Flush();
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            throw MessagePackFailure.Writing(shape.Type, error);
        }
    }

    public object? ReadObject(in ReadOnlySequence<byte> body)
    {
        var reader = new MessagePackReader(in body, depth, objects);
        try
        {
            object? value = shape.ReadObject(ref reader);
            reader.Finish();
            if (value is null && !NullBodies.AreAllowed(shape.Type)) throw MessagePackFailure.NullBody(shape.Type.Name);
            return value;
        }
        // Constructors and setters of users throw what they like.
        catch (Exception error)
        {
            throw MessagePackFailure.Reading(shape.Type, error);
        }
        finally
        {
            reader.Dispose();
        }
    }
}
