using System.Buffers.Binary;
using System.Text;

namespace Smpi.Hostile;

/// <summary>Collects the bytes of one frame; the length is put in front at the end. It checks nothing, so that wrong frames can be made too.</summary>
public sealed class FrameBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>Begins a frame.</summary>
    public FrameBytes(byte type, int flags)
    {
        Byte(type);
        Byte((byte)flags);
    }

    public FrameBytes Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public FrameBytes Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public FrameBytes Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        return Byte((byte)value);
    }

    /// <summary>Text with its length before it.</summary>
    public FrameBytes Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Varint((ulong)bytes.Length).Bytes(bytes);
    }

    /// <summary>A field of a hello: tag, length, value.</summary>
    public FrameBytes Field(int tag, ReadOnlySpan<byte> value) => Varint((ulong)tag).Varint((ulong)value.Length).Bytes(value);

    /// <summary>A field of a hello that is one number.</summary>
    public FrameBytes Field(int tag, ulong value)
    {
        int length = 1;
        for (ulong rest = value; rest >= 0x80; rest >>= 7) length++;
        return Varint((ulong)tag).Varint((ulong)length).Varint(value);
    }

    /// <summary>The headers: their length, their number, then names and values.</summary>
    public FrameBytes Headers(IReadOnlyList<(string Name, string Value)> headers)
    {
        var block = new FrameBytes(0, 0);
        block._bytes.Clear();
        block.Varint((ulong)headers.Count);
        foreach ((string name, string value) in headers) block.Text(name).Text(value);
        byte[] bytes = [.. block._bytes];
        return Varint((ulong)bytes.Length).Bytes(bytes);
    }

    /// <summary>The frame with its length in front.</summary>
    public byte[] ToArray()
    {
        byte[] frame = new byte[4 + _bytes.Count];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)_bytes.Count);
        _bytes.CopyTo(frame, 4);
        return frame;
    }
}
