using System.Buffers;

namespace Smpi.Conformance;

/// <summary>A body that does what a test says, and counts how often it is asked.</summary>
internal sealed class BodyThat(Action<IBufferWriter<byte>> write) : IMessageBody
{
    public int Calls { get; private set; }

    public void WriteTo(IBufferWriter<byte> output)
    {
        Calls++;
        write(output);
    }
}
