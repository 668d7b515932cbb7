using System.Buffers;

namespace Smpi;

/// <summary>One rented piece of an <see cref="OutBuffer"/>.</summary>
internal sealed class OutSegment : ReadOnlySequenceSegment<byte>
{
    private readonly byte[] _array;
    private int _used;

    public OutSegment(byte[] array, long start)
    {
        _array = array;
        RunningIndex = start;
    }

    public int Capacity => _array.Length;

    public Memory<byte> Free => _array.AsMemory(_used);

    public Span<byte> Span(int start, int length) => _array.AsSpan(0, _used).Slice(start, length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _used);
        Truncate(_used + count);
    }

    public void Truncate(int used)
    {
        _used = used;
        Memory = _array.AsMemory(0, used);
    }

    public void Append(OutSegment next) => Next = next;

    public OutSegment? DropNext()
    {
        var next = Next as OutSegment;
        Next = null;
        return next;
    }

    /// <summary>Gives the array back and returns the next segment.</summary>
    public OutSegment? Release()
    {
        OutSegment? next = DropNext();
        ArrayPool<byte>.Shared.Return(_array);
        return next;
    }
}
