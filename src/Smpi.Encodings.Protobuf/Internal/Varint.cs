using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Integers of seven bits an octet, the lowest first.</summary>
internal static class Varint
{
    public const int Longest = 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Put(ref byte at, uint value)
    {
        if (value < 0x80)
        {
            at = (byte)value;
            return 1;
        }

        return PutLong(ref at, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Put(ref byte at, ulong value)
    {
        if (value < 0x80)
        {
            at = (byte)value;
            return 1;
        }

        return PutLong(ref at, value);
    }

    public static int Size(uint value) => ((BitOperations.Log2(value | 1) * 9) + 73) >> 6;

    /// <summary>The number that a sign was moved to the lowest bit of.</summary>
    public static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>Reads an integer of up to 64 bits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Take(ReadOnlySpan<byte> data, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (position >= data.Length) throw ProtobufFailure.Truncated();
            byte octet = data[position++];
            if (shift == 63 && octet > 1) break;
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80) return value;
        }

        throw new EncodingException("An integer has more than 64 bits.");
    }

    private static int PutLong(ref byte at, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7) Unsafe.Add(ref at, length++) = (byte)(value | 0x80);
        Unsafe.Add(ref at, length++) = (byte)value;
        return length;
    }
}
