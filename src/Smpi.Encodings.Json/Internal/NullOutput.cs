using System.Buffers;

namespace Smpi;

/// <summary>Forgets what is written.</summary>
internal sealed class NullOutput : IBufferWriter<byte>
{
    private byte[] _room = new byte[4096];

    public void Advance(int count)
    {
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < sizeHint) _room = new byte[sizeHint];
        return _room;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
