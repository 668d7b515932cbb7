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
        return octets > 0 ? octets : WriteCounted(room, value, Count(value));
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
        if (length <= byte.MaxValue && length >= 32) return Octets.Put(room, MessagePackCode.Str8, (byte)length);
        if (length > byte.MaxValue) return length <= ushort.MaxValue ? Octets.Put(room, MessagePackCode.Str16, (ushort)length) : Octets.Put(room, MessagePackCode.Str32, (uint)length);
        room[0] = (byte)(MessagePackCode.FixStr | length);
        return 1;
    }

    /// <summary>How many octets a text takes as UTF-8, without its header.</summary>
    /// <exception cref="EncodingException">The text is not valid UTF-16.</exception>
    public static int Count(ReadOnlySpan<char> value)
    {
        try
        {
            return Utf8.GetByteCount(value);
        }
        catch (EncoderFallbackException error)
        {
            throw new EncodingException($"A string has a lone surrogate at {error.Index}; it is no text.", error);
        }
    }

    /// <summary>Writes a string whose octets were counted, and returns how many octets it took with its header.</summary>
    /// <param name="room">At least five octets more than were counted.</param>
    /// <param name="value">The text.</param>
    /// <param name="length">What <see cref="Count"/> said.</param>
    public static int WriteCounted(Span<byte> room, ReadOnlySpan<char> value, int length)
    {
        int head = WriteHeader(room, length);
        return head + Utf8.GetBytes(value, room[head..]);
    }
}
