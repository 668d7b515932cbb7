using System.Buffers;

namespace Smpi.Wire.Tests.Native;

/// <summary>A body that writes itself as the test says.</summary>
internal sealed class Body(Action<IBufferWriter<byte>> write) : IMessageBody
{
    public void WriteTo(IBufferWriter<byte> output) => write(output);
}
