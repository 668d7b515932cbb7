using System.Buffers.Binary;

namespace Smpi;

/// <summary>Takes octets from the beginning of what is left of a body.</summary>
internal static class Octets
{
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, uint length)
    {
        ReadOnlySpan<byte> before = rest;
        if (length > (uint)before.Length) throw MessagePackFailure.Truncated();
        rest = before[(int)length..];
        return before[..(int)length];
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
