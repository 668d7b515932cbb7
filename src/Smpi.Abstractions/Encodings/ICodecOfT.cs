using System.Buffers;

namespace Smpi;

/// <summary>Writes and reads the values of one type. Safe for concurrent use.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public interface ICodec<T>
{
    /// <summary>Appends the encoded value.</summary>
    /// <param name="output">Where to append.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="EncodingException">The value cannot be encoded.</exception>
    void Write(IBufferWriter<byte> output, T value);

    /// <summary>Decodes a whole body.</summary>
    /// <param name="body">The body; not kept.</param>
    /// <exception cref="EncodingException">The body is not a value of the type.</exception>
    T Read(in ReadOnlySequence<byte> body);
}
