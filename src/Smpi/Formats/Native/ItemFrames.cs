using System.Buffers.Binary;
using System.Numerics;

namespace Smpi;

/// <summary>Finds frames of items of one stream that stand one behind the other, without parsing each.</summary>
internal static class ItemFrames
{
    /// <summary>Octets in which the length, the type, the flags and the id of a frame are looked for.</summary>
    public const int Window = Bounds.Prefix + sizeof(ulong);

    // More is worth a way of its own: it is decoded where it was received.
    private const int LargestBody = 4 * 1024;

    /// <summary>Counts the complete frames that have the same type, flags and id as the first one.</summary>
    /// <param name="octets">What was received, from the start of a frame.</param>
    /// <param name="largest">The largest body that this side takes.</param>
    /// <param name="head">Octets before each body.</param>
    /// <param name="length">Octets of the frames counted.</param>
    /// <returns>How many; zero when the first one is no small item with a numeric id and a body.</returns>
    public static int Count(ReadOnlySpan<byte> octets, int largest, out int head, out int length)
    {
        (head, length) = (0, 0);
        int most = Math.Min(largest, LargestBody);
        if (octets.Length < Window || most < 1) return 0;
        ulong envelope = BinaryPrimitives.ReadUInt64LittleEndian(octets[Bounds.Prefix..]);
        if ((byte)envelope != (byte)MessageKind.Item || ((byte)(envelope >> 8) & ~FrameFlags.Reply) != 0) return 0;

        // The id ends with the first octet that has no high bit.
        ulong ends = ~envelope & 0x8080_8080_8080_0000;
        if (ends == 0) return 0;
        int bits = BitOperations.TrailingZeroCount(ends) + 1;
        ulong mask = ulong.MaxValue >> (64 - bits);
        head = Bounds.Prefix + (bits / 8);
        envelope &= mask;

        int count = 0;
        uint least = (uint)(head - Bounds.Prefix + 1);
        uint range = (uint)(most - 1);
        while (octets.Length - length >= Window)
        {
            ReadOnlySpan<byte> frame = octets[length..];
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(frame);
            if (size - least > range || size > (uint)(frame.Length - Bounds.Prefix)) break;
            if ((BinaryPrimitives.ReadUInt64LittleEndian(frame[Bounds.Prefix..]) & mask) != envelope) break;
            length += Bounds.Prefix + (int)size;
            count++;
        }

        return count;
    }
}
