using System.Buffers;

namespace Smpi.Records.Tests;

/// <summary>Octets cut into pieces.</summary>
internal static class Pieces
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> octets, int size)
    {
        if (octets.Length <= size) return new ReadOnlySequence<byte>(octets);
        var first = new Piece(octets[..size], null);
        Piece last = first;
        for (int at = size; at < octets.Length; at += size) last = new Piece(octets.Slice(at, Math.Min(size, octets.Length - at)), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
