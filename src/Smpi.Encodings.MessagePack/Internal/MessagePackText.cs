using System.Buffers.Binary;
using System.Text;

namespace Smpi;

/// <summary>Strings in spans.</summary>
internal static class MessagePackText
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    /// <summary>Writes a string, or nil, and returns how many octets that took.</summary>
    /// <param name="room">At least five octets more than three for each character.</param>
    /// <param name="value">The text.</param>
    public static int Write(Span<byte> room, string? value)
    {
        if (value is null)
        {
            room[0] = MessagePackCode.Nil;
            return 1;
        }

        int octets = value.Length <= byte.MaxValue ? WriteAscii(room, value) : 0;
        return octets > 0 ? octets : WriteCounted(room, value);
    }

    /// <summary>Writes a string if it is ASCII, and returns how many octets that took; zero where it is not.</summary>
    /// <param name="room">At least two octets more than the string has characters.</param>
    /// <param name="value">Up to 255 characters.</param>
    public static int WriteAscii(Span<byte> room, ReadOnlySpan<char> value)
    {
        // One octet for each character, so the length of what is written is known before.
        int head = value.Length < 32 ? 1 : 2;
        if (!AsciiText.TryNarrow(value, room[head..])) return 0;
        if (head == 1) room[0] = (byte)(MessagePackCode.FixStr | value.Length);
        else (room[1], room[0]) = ((byte)value.Length, MessagePackCode.Str8);
        return head + value.Length;
    }

    /// <summary>Reads a string of up to 31 octets; null where the next value is another, or not ASCII.</summary>
    /// <param name="rest">What is left of the body; not empty.</param>
    public static string? ReadShort(ReadOnlySpan<byte> rest)
    {
        int length = rest[0] & 0x1f;
        if ((rest[0] & 0xe0) != MessagePackCode.FixStr || length >= rest.Length) return null;
        ReadOnlySpan<byte> text = rest.Slice(1, length);
        return AsciiText.Is(text) ? AsciiText.Widen(text) : null;
    }

    /// <summary>Writes the header of a string and returns how many octets that took.</summary>
    /// <param name="room">At least five octets.</param>
    /// <param name="length">Octets of the string.</param>
    public static int WriteHeader(Span<byte> room, int length)
    {
        switch (length)
        {
            case < 32:
                room[0] = (byte)(MessagePackCode.FixStr | length);
                return 1;
            case <= byte.MaxValue:
                (room[1], room[0]) = ((byte)length, MessagePackCode.Str8);
                return 2;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)length);
                room[0] = MessagePackCode.Str16;
                return 3;
            default:
                BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)length);
                room[0] = MessagePackCode.Str32;
                return 5;
        }
    }

    /// <summary>The failure of a text that is not valid UTF-16.</summary>
    public static EncodingException Lone(EncoderFallbackException error) => new($"A string has a lone surrogate at {error.Index}; it is no text.", error);

    private static int WriteCounted(Span<byte> room, string value)
    {
        try
        {
            int length = Utf8.GetByteCount(value);
            int head = WriteHeader(room, length);
            return head + Utf8.GetBytes(value, room[head..]);
        }
        catch (EncoderFallbackException error)
        {
            throw Lone(error);
        }
    }
}
