using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Plain values in spans, for code that generators write: what is left of the span is returned, so that it can stay in registers from one value to the next.</summary>
/// <remarks>
/// What is written is what <see cref="MessagePackWriter"/> writes. What is read are the usual forms of a value alone: false means that
/// <see cref="MessagePackReader"/> is to look at it from its start, which reads the other forms and knows the failures.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MessagePackSpans
{
    /// <summary>Most octets of a value that is no text.</summary>
    public const int MostOfNumber = 9;

    /// <summary>Most octets of a text: its header, and three octets for each character.</summary>
    /// <param name="text">The text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostOf(string? text) => 5 + (text is null ? 0 : text.Length * 3);

    /// <summary>Appends octets as they are.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="encoded">A whole value, such as an encoded key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(room);
        return room[encoded.Length..];
    }

    /// <summary>Appends true or false.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, bool value)
    {
        room[0] = value ? MessagePackCode.True : MessagePackCode.False;
        return room[1..];
    }

    /// <summary>Appends an integer.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, long value)
    {
        if ((ulong)value > MessagePackCode.MaxFixInt) return room[MessagePackInteger.WriteLong(room, value)..];
        room[0] = (byte)value;
        return room[1..];
    }

    /// <summary>Appends an integer that is not negative.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, ulong value)
    {
        if (value > MessagePackCode.MaxFixInt) return room[MessagePackInteger.WriteUnsigned(room, value)..];
        room[0] = (byte)value;
        return room[1..];
    }

    /// <summary>Appends a float of 32 bits.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, float value)
    {
        room[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(room[1..], value);
        return room[5..];
    }

    /// <summary>Appends a float of 64 bits.</summary>
    /// <param name="room">Where to write.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, double value)
    {
        room[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(room[1..], value);
        return room[9..];
    }

    /// <summary>Appends a text, or nil for null.</summary>
    /// <param name="room">Where to write; at least <see cref="MostOf"/> octets.</param>
    /// <param name="value">The text; lone surrogates are refused.</param>
    /// <exception cref="EncodingException">The text is not valid UTF-16.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Put(Span<byte> room, string? value) => room[MessagePackText.Write(room, value)..];

    /// <summary>Takes the next key if it is exactly these octets.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="encoded">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> encoded)
    {
        if (!rest.StartsWith(encoded)) return false;
        rest = rest[encoded.Length..];
        return true;
    }

    /// <summary>Takes true or false.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out bool value)
    {
        value = !rest.IsEmpty && rest[0] == MessagePackCode.True;
        if (rest.IsEmpty || (!value && rest[0] != MessagePackCode.False)) return false;
        rest = rest[1..];
        return true;
    }

    /// <summary>Takes an integer.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out long value)
    {
        value = 0;
        if (rest.IsEmpty) return false;
        if (MessagePackCode.IsFixInt(rest[0]))
        {
            value = (sbyte)rest[0];
            rest = rest[1..];
            return true;
        }

        int length = MessagePackInteger.LengthOf(rest, out long wide);
        if (length == 0) return false;
        value = wide;
        rest = rest[length..];
        return true;
    }

    /// <summary>Takes an integer.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out int value)
    {
        ReadOnlySpan<byte> after = rest;
        bool taken = TryTake(ref after, out long wide) && wide == (int)wide;
        value = (int)wide;
        if (taken) rest = after;
        return taken;
    }

    /// <summary>Takes a float of 32 bits.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out float value)
    {
        value = 0;
        if (rest.Length < 5 || rest[0] != MessagePackCode.Float32) return false;
        value = BinaryPrimitives.ReadSingleBigEndian(rest[1..]);
        rest = rest[5..];
        return true;
    }

    /// <summary>Takes a float of 64 bits.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out double value)
    {
        value = 0;
        if (rest.Length < 9 || rest[0] != MessagePackCode.Float64) return false;
        value = BinaryPrimitives.ReadDoubleBigEndian(rest[1..]);
        rest = rest[9..];
        return true;
    }

    /// <summary>Takes a short text that is ASCII, or nil.</summary>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="value">The text; null for nil.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out string? value)
    {
        value = null;
        if (rest.IsEmpty) return false;
        int length = 1;
        if (rest[0] != MessagePackCode.Nil)
        {
            value = MessagePackText.ReadShort(rest);
            if (value is null) return false;
            length += value.Length;
        }

        rest = rest[length..];
        return true;
    }
}
