using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads the values of one type that is known at run time only.</summary>
public interface ICodec
{
    /// <summary>Appends the encoded value.</summary>
    /// <param name="output">Where to append.</param>
    /// <param name="value">A value of the codec's type, or null where the type allows it.</param>
    /// <exception cref="EncodingException">The value cannot be encoded.</exception>
    void WriteObject(IBufferWriter<byte> output, object? value);

    /// <summary>Decodes a whole body.</summary>
    /// <param name="body">The body; not kept.</param>
    /// <exception cref="EncodingException">The body is not a value of the type.</exception>
    object? ReadObject(in ReadOnlySequence<byte> body);
}
