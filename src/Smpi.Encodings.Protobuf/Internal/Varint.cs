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

    private static int PutLong(ref byte at, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7) Unsafe.Add(ref at, length++) = (byte)(value | 0x80);
        Unsafe.Add(ref at, length++) = (byte)value;
        return length;
    }
}
