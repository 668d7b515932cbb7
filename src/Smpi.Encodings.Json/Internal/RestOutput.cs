using System.Buffers;

namespace Smpi;

/// <summary>Forgets what an output has got already and hands over the rest.</summary>
/// <param name="output">The output.</param>
/// <param name="skip">How many octets it has got.</param>
internal sealed class RestOutput(IBufferWriter<byte> output, long skip) : IBufferWriter<byte>
{
    private byte[] _room = [];
    private long _left = skip;

    public void Advance(int count)
    {
        int known = (int)Math.Min(_left, count);
        _left -= known;
        if (count > known) output.Write(_room.AsSpan(known, count - known));
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1)) _room = new byte[Math.Max(sizeHint, 4096)];
        return _room;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
