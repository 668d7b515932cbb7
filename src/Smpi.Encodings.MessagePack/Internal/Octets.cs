using System.Buffers.Binary;

namespace Smpi;

/// <summary>Octets at the beginning of what is left of a body, or of the room for one.</summary>
internal static class Octets
{
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, uint length)
    {
        ReadOnlySpan<byte> before = rest;
        if (length > (uint)before.Length) throw MessagePackFailure.Truncated();
        rest = before[(int)length..];
        return before[..(int)length];
    }

    /// <summary>Writes a first octet and what follows it, and returns how many octets that took.</summary>
    public static int Put(Span<byte> room, byte code, byte value)
    {
        (room[1], room[0]) = (value, code);
        return 2;
    }

    /// <inheritdoc cref="Put(Span{byte}, byte, byte)"/>
    public static int Put(Span<byte> room, byte code, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(room[1..], value);
        room[0] = code;
        return 3;
    }

    /// <inheritdoc cref="Put(Span{byte}, byte, byte)"/>
    public static int Put(Span<byte> room, byte code, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], value);
        room[0] = code;
        return 5;
    }

    /// <inheritdoc cref="Put(Span{byte}, byte, byte)"/>
    public static int Put(Span<byte> room, byte code, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(room[1..], value);
        room[0] = code;
        return 9;
    }

    public static uint Unsigned(scoped ref ReadOnlySpan<byte> rest, uint width)
    {
        ReadOnlySpan<byte> octets = Take(ref rest, width);
        return width switch
        {
            1 => octets[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(octets),
            _ => BinaryPrimitives.ReadUInt32BigEndian(octets),
        };
    }
}
