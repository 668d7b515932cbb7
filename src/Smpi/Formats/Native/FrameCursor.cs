using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Takes the fields of one complete frame, in order. Whatever the octets are, it throws nothing but a protocol error.</summary>
internal ref struct FrameCursor(ReadOnlySpan<byte> frame, int position)
{
    private readonly ReadOnlySpan<byte> _frame = frame;

    public int Position { get; private set; } = position;

    public readonly int Left => _frame.Length - Position;

    public readonly ReadOnlySpan<byte> Rest => _frame[Position..];

    public ulong Varint()
    {
        if ((uint)Position < (uint)_frame.Length && _frame[Position] < 0x80) return _frame[Position++];
        return LongVarint();
    }

    /// <summary>A varint that may not exceed what a signed 64-bit number holds.</summary>
    public long Amount()
    {
        ulong value = Varint();
        return value <= long.MaxValue ? (long)value : throw Broken("an amount above 2^63 - 1");
    }

    /// <summary>A length that lies within the frame.</summary>
    public int Length(string what)
    {
        ulong value = Varint();
        return value <= (ulong)Left ? (int)value : throw Broken($"{what} that is longer than its frame");
    }

    public ReadOnlySpan<byte> Octets(int count)
    {
        if (count > Left) throw Broken("a frame that ends in the middle of a field");
        ReadOnlySpan<byte> octets = _frame.Slice(Position, count);
        Position += count;
        return octets;
    }

    public ulong Nonce() => BinaryPrimitives.ReadUInt64LittleEndian(Octets(8));

    /// <summary>Text with its length before it.</summary>
    public string Text(int limit, string what)
    {
        int length = Length(what);
        if (length > limit) throw Broken($"{what} of {length:N0} octets, where {limit:N0} are allowed");
        return Utf(length, what);
    }

    /// <summary>Text of a known length.</summary>
    public string Utf(int length, string what)
    {
        ReadOnlySpan<byte> octets = Octets(length);
        return Utf8.IsValid(octets) ? Encoding.UTF8.GetString(octets) : throw Broken($"{what} that is not UTF-8");
    }

    public MessageId Id(byte flags) => (flags & FrameFlags.TextId) == 0 ? new MessageId(Varint()) : new MessageId(Text(Bounds.Id, "a textual id"));

    public ErrorCode Code()
    {
        ulong number = Varint();
        return number != 0 ? FaultCodes.Of(number) : new ErrorCode(VisibleText.Of(Text(Bounds.Code, "an error code")));
    }

    public readonly void End(string what)
    {
        if (Left != 0) throw Broken($"{what} with {Left:N0} octets too many");
    }

    public static ChannelClosedException Broken(string what) => ChannelClosedException.ProtocolError($"The peer sent {what}.");

    /// <summary>Takes a number of up to eight octets; false for a longer one, and for what is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryShortVarint(ReadOnlySpan<byte> frame, ref int position, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 56; shift += 7)
        {
            if ((uint)position >= (uint)frame.Length) return false;
            byte octet = frame[position++];
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80) return octet != 0 || shift == 0;
        }

        return false;
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if ((uint)Position >= (uint)_frame.Length) throw Broken("a frame that ends in the middle of a number");
            byte octet = _frame[Position++];
            if (shift == 63 && octet > 1) break;
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet >= 0x80) continue;

            // One number has one form: a last group of zero would be a second one.
            return octet != 0 ? value : throw Broken("a number with needless octets");
        }

        throw Broken("a number of more than 64 bits");
    }
}
