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
}
