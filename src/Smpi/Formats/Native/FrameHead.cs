using System.Text;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Writes the fields of a frame into room that was measured before.</summary>
internal ref struct FrameHead
{
    private readonly Span<byte> _room;

    /// <summary>Starts behind the length field, which is filled in when the frame ends.</summary>
    public FrameHead(Span<byte> room, byte type, byte flags)
    {
        _room = room;
        _room[Bounds.Prefix] = type;
        _room[Bounds.Prefix + 1] = flags;
        Position = Bounds.Head;
    }

    public int Position { get; private set; }

    /// <summary>What was written behind the length field.</summary>
    public readonly ReadOnlySpan<byte> Written => _room[Bounds.Prefix..Position];

    public static int TextRoom(string text) => Bounds.Varint + Encoding.UTF8.GetMaxByteCount(text.Length);

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _room[Position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _room[Position++] = (byte)value;
    }

    public void Octets(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_room[Position..]);
        Position += octets.Length;
    }

    public void Text(string text)
    {
        Varint((ulong)Encoding.UTF8.GetByteCount(text));
        Position += Encoding.UTF8.GetBytes(text, _room[Position..]);
    }

    /// <summary>Text for people: what exceeds the limit is cut off, at a character's end.</summary>
    public void Text(string text, int limit)
    {
        if (text.Length <= limit / 3)
        {
            Text(text);
            return;
        }

        Span<byte> target = new byte[Math.Min(limit, Encoding.UTF8.GetMaxByteCount(text.Length))];
        Utf8.FromUtf16(text, target, out _, out int octets);
        Varint((ulong)octets);
        Octets(target[..octets]);
    }

    public void Id(in MessageId id)
    {
        if (id.IsNumber) Varint(id.Number);
        else Text(id.Text!);
    }

    public void Code(ErrorCode code)
    {
        int number = FaultCodes.NumberOf(code);
        Varint((ulong)number);
        if (number == 0) Text(code.Name, Bounds.Code);
    }
}
