using System.Buffers.Binary;

namespace Smpi;

/// <summary>Reads integers of every width.</summary>
internal static class MessagePackInteger
{
    /// <summary>Reads a whole integer in one of the forms that most have: one octet, two of them, or four.</summary>
    /// <param name="rest">What is left of the body; not empty.</param>
    /// <param name="value">The value.</param>
    /// <param name="length">How many octets it takes, the first one included.</param>
    /// <returns>False for every other form, and for values that are cut or do not fit.</returns>
    public static bool TryReadInt32(ReadOnlySpan<byte> rest, out int value, out int length)
    {
        (value, length) = ((sbyte)rest[0], 1);
        if (MessagePackCode.IsFixInt(rest[0])) return true;
        if (rest.Length < 5) return false;
        if (rest[0] == MessagePackCode.UInt16)
        {
            (value, length) = (BinaryPrimitives.ReadUInt16BigEndian(rest[1..]), 3);
            return true;
        }

        (value, length) = (BinaryPrimitives.ReadInt32BigEndian(rest[1..]), 5);
        return rest[0] == MessagePackCode.Int32 || (rest[0] == MessagePackCode.UInt32 && value >= 0);
    }

    /// <summary>Reads what follows the first octet.</summary>
    /// <param name="code">The first octet, taken already.</param>
    /// <param name="rest">What is left of the body.</param>
    /// <param name="isHuge">Whether the result is the bits of a number above <see cref="long.MaxValue"/>.</param>
    public static long Read(byte code, scoped ref ReadOnlySpan<byte> rest, out bool isHuge)
    {
        isHuge = false;
        if (MessagePackCode.IsFixInt(code)) return (sbyte)code;
        switch (code)
        {
            case MessagePackCode.UInt8: return Octets.Unsigned(ref rest, 1);
            case MessagePackCode.UInt16: return Octets.Unsigned(ref rest, 2);
            case MessagePackCode.UInt32: return Octets.Unsigned(ref rest, 4);
            case MessagePackCode.Int8: return (sbyte)Octets.Unsigned(ref rest, 1);
            case MessagePackCode.Int16: return (short)Octets.Unsigned(ref rest, 2);
            case MessagePackCode.Int32: return (int)Octets.Unsigned(ref rest, 4);
            case MessagePackCode.Int64: return BinaryPrimitives.ReadInt64BigEndian(Octets.Take(ref rest, 8));
            case MessagePackCode.UInt64:
                long value = BinaryPrimitives.ReadInt64BigEndian(Octets.Take(ref rest, 8));
                isHuge = value < 0;
                return value;
            default: throw MessagePackFailure.Expected("An integer", code);
        }
    }

    /// <summary>Reads a whole integer and returns how many octets it takes; zero for what is no integer, is cut, or is above <see cref="long.MaxValue"/>.</summary>
    /// <param name="rest">What is left of the body; not empty.</param>
    /// <param name="value">The value.</param>
    public static int LengthOf(ReadOnlySpan<byte> rest, out long value)
    {
        value = (sbyte)rest[0];
        if (MessagePackCode.IsFixInt(rest[0])) return 1;
        int length = rest[0] switch
        {
            MessagePackCode.UInt8 or MessagePackCode.Int8 => 2,
            MessagePackCode.UInt16 or MessagePackCode.Int16 => 3,
            MessagePackCode.UInt32 or MessagePackCode.Int32 => 5,
            MessagePackCode.UInt64 or MessagePackCode.Int64 => 9,
            _ => 0,
        };
        if (length == 0 || rest.Length < length) return 0;
        ReadOnlySpan<byte> octets = rest[1..];
        value = Read(rest[0], ref octets, out bool isHuge);
        return isHuge ? 0 : length;
    }

    /// <summary>Writes an integer in its smallest form and returns how many octets that took.</summary>
    /// <param name="room">At least nine octets.</param>
    /// <param name="value">The value.</param>
    public static int WriteLong(Span<byte> room, long value)
    {
        if (value >= 0) return WriteUnsigned(room, (ulong)value);
        if (value >= sbyte.MinValue) return value >= -32 ? One(room, (byte)value) : Octets.Put(room, MessagePackCode.Int8, (byte)value);
        if (value >= short.MinValue) return Octets.Put(room, MessagePackCode.Int16, (ushort)value);
        return value >= int.MinValue ? Octets.Put(room, MessagePackCode.Int32, (uint)value) : Octets.Put(room, MessagePackCode.Int64, (ulong)value);
    }

    /// <summary>Writes an integer that is not negative in its smallest form and returns how many octets that took.</summary>
    /// <param name="room">At least nine octets.</param>
    /// <param name="value">The value.</param>
    public static int WriteUnsigned(Span<byte> room, ulong value)
    {
        if (value <= byte.MaxValue) return value <= MessagePackCode.MaxFixInt ? One(room, (byte)value) : Octets.Put(room, MessagePackCode.UInt8, (byte)value);
        if (value <= ushort.MaxValue) return Octets.Put(room, MessagePackCode.UInt16, (ushort)value);
        return value <= uint.MaxValue ? Octets.Put(room, MessagePackCode.UInt32, (uint)value) : Octets.Put(room, MessagePackCode.UInt64, value);
    }

    private static int One(Span<byte> room, byte value)
    {
        room[0] = value;
        return 1;
    }
}
