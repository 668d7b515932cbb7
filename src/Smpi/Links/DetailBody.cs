using System.Buffers;

namespace Smpi;

/// <summary>The typed detail of a fault.</summary>
internal sealed class DetailBody(CodecSet codecs, object detail) : IMessageBody
{
    public void WriteTo(IBufferWriter<byte> output) => codecs.Get(detail.GetType()).WriteObject(output, detail);
}
