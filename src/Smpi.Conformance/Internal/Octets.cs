using System.Buffers;

namespace Smpi.Conformance;

/// <summary>Bodies that a test can make and check again.</summary>
internal static class Octets
{
    public static byte[] Make(int seed, int length)
    {
        byte[] octets = new byte[length];
        for (int at = 0; at < length; at++) octets[at] = (byte)((at * 31) + (at >> 8) + seed);
        return octets;
    }

    public static bool Are(this ReadOnlySequence<byte> body, ReadOnlySpan<byte> expected) =>
        body.Length == expected.Length && body.ToArray().AsSpan().SequenceEqual(expected);
}
