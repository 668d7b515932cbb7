using System.Buffers;

namespace Smpi;

/// <summary>A body that encodes itself in place. A pooled object, so a request allocates nothing.</summary>
public interface IMessageBody
{
    /// <summary>Writes the encoded body. Called synchronously, at most once per write, and not kept.</summary>
    /// <param name="output">Where to write.</param>
    void WriteTo(IBufferWriter<byte> output);
}
