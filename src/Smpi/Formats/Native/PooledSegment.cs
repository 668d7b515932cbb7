using System.Buffers;

namespace Smpi;

/// <summary>One rented piece of a body that is put together from parts.</summary>
internal sealed class PooledSegment : ReadOnlySequenceSegment<byte>
{
    private byte[] _array;
    private int _used;

    public PooledSegment(PooledSegment? before, int size)
    {
        _array = ArrayPool<byte>.Shared.Rent(size);
        if (before is null) return;
        RunningIndex = before.RunningIndex + before._used;
        before.Next = this;
    }

    /// <summary>Takes what fits and returns the rest.</summary>
    public ReadOnlySpan<byte> Append(ReadOnlySpan<byte> octets)
    {
        int count = Math.Min(octets.Length, _array.Length - _used);
        octets[..count].CopyTo(_array.AsSpan(_used));
        _used += count;
        Memory = _array.AsMemory(0, _used);
        return octets[count..];
    }

    public PooledSegment? Release()
    {
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Memory = default;
        return Next as PooledSegment;
    }
}
