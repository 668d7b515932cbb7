using System.Buffers;

namespace Smpi;

/// <summary>One piece of an <see cref="OutBuffer"/>: a stretch of a rented array that is written to, or octets of somebody else that are held until they were sent.</summary>
internal sealed class OutSegment : ReadOnlySequenceSegment<byte>
{
    private readonly byte[] _array;
    private readonly int _start;
    private readonly IDisposable? _owner;
    private readonly bool _rented;
    private int _used;

    private OutSegment(byte[] array, int start, bool rented, long position)
    {
        _array = array;
        _start = start;
        _rented = rented;
        RunningIndex = position;
    }

    private OutSegment(ReadOnlyMemory<byte> octets, IDisposable owner, long position)
        : this([], 0, false, position)
    {
        _owner = owner;
        Memory = octets;
    }

    /// <summary>The length of the rented array.</summary>
    public int Capacity => _array.Length;

    public Memory<byte> Free => _array.AsMemory(_start + _used);

    public static OutSegment Rented(byte[] array, long position) => new(array, 0, true, position);

    public static OutSegment Held(ReadOnlyMemory<byte> octets, IDisposable owner, long position) => new(octets, owner, position);

    /// <summary>What is free of this segment's array, as a segment behind octets that lie elsewhere.</summary>
    public OutSegment Continue(long position) => new(_array, _start + _used, false, position);

    public Span<byte> Span(int start, int length) => _array.AsSpan(_start, _used).Slice(start, length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _start - _used);
        _used += count;
        Memory = _array.AsMemory(_start, _used);
    }

    public void Truncate(int used)
    {
        if (_owner is not null)
        {
            Memory = Memory[..used];
            return;
        }

        _used = used;
        Memory = _array.AsMemory(_start, used);
    }

    public void Append(OutSegment next) => Next = next;

    public OutSegment? DropNext()
    {
        var next = Next as OutSegment;
        Next = null;
        return next;
    }

    /// <summary>Gives back what the segment holds and returns the next one.</summary>
    public OutSegment? Release()
    {
        OutSegment? next = DropNext();
        if (_rented) ArrayPool<byte>.Shared.Return(_array);
        _owner?.Dispose();
        return next;
    }
}
