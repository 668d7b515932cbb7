using System.Buffers;

namespace Smpi.Conformance;

/// <summary>Octets cut into pieces.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> octets, int size)
    {
        if (octets.IsEmpty) return ReadOnlySequence<byte>.Empty;
        var first = new Piece(octets[..Math.Min(size, octets.Length)], 0);
        Piece last = first;
        for (int at = first.Memory.Length; at < octets.Length; at += size) last = last.Append(octets.Slice(at, Math.Min(size, octets.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
