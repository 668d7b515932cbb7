using System.Buffers;

namespace Smpi;

/// <summary>One piece of a large body: a stretch of an array that is held.</summary>
internal sealed class BodySegment : ReadOnlySequenceSegment<byte>
{
    private readonly int _start;
    private int _used;

    /// <summary>Takes over a hold of the array.</summary>
    public BodySegment(BodySegment? before, SharedArray array, int start, int used)
    {
        Array = array;
        _start = start;
        _used = used;
        Memory = array.Array.AsMemory(start, used);
        if (before is null) return;
        RunningIndex = before.RunningIndex + before._used;
        before.Next = this;
    }

    public SharedArray Array { get; }

    /// <summary>Takes what fits behind what is there and returns the rest; only for an array that nobody else holds.</summary>
    public ReadOnlySpan<byte> Append(ReadOnlySpan<byte> octets)
    {
        int count = Math.Min(octets.Length, Array.Array.Length - _start - _used);
        octets[..count].CopyTo(Array.Array.AsSpan(_start + _used));
        _used += count;
        Memory = Array.Array.AsMemory(_start, _used);
        return octets[count..];
    }

    /// <summary>The same octets behind another piece, held once more.</summary>
    public BodySegment Keep(BodySegment? before) => new(before, Array.Keep(), _start, _used);

    public void Release()
    {
        Memory = default;
        Array.Dispose();
    }
}
