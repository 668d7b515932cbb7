using System.Buffers;

namespace Smpi;

/// <summary>One piece of an <see cref="OutBuffer"/>: a stretch of a rented array that is written to, or octets of somebody else that are held until they were sent.</summary>
internal sealed class OutSegment : ReadOnlySequenceSegment<byte>
{
    // What is written is mostly sent by the same thread, so that the segment of one flush serves the next one, of any connection.
    [ThreadStatic]
    private static OutSegment? _spare;

    private readonly int _start;
    private readonly IDisposable? _owner;
    private readonly bool _rented;
    private byte[] _array;
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
        _used = octets.Length;
        Memory = octets;
    }

    /// <summary>The length of the rented array.</summary>
    public int Capacity => _array.Length;

    /// <summary>Octets written or held.</summary>
    public int Used => _used;

    public Memory<byte> Free => _array.AsMemory(_start + _used);

    public Span<byte> FreeSpan => _array.AsSpan(_start + _used);

    public static OutSegment Rented(int size, long position)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(size);
        if (_spare is not { } segment) return new OutSegment(array, 0, true, position);
        _spare = null;
        segment._array = array;
        segment.RunningIndex = position;
        return segment;
    }

    public static OutSegment Held(ReadOnlyMemory<byte> octets, IDisposable owner, long position) => new(octets, owner, position);

    /// <summary>What is free of this segment's array, as a segment behind octets that lie elsewhere.</summary>
    public OutSegment Continue(long position) => new(_array, _start + _used, false, position);

    public Span<byte> Span(int start, int length) => _array.AsSpan(_start, _used).Slice(start, length);

    public void Advance(int count)
    {
        // A negative count is a large one.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - _start - _used), nameof(count));
        _used += count;
    }

    public void Truncate(int used)
    {
        _used = used;
        Memory = _owner is null ? default : Memory[..used];
    }

    /// <summary>Makes what was written visible in a sequence: once before it is sent, not with every write.</summary>
    public void Seal()
    {
        if (_owner is null) Memory = _array.AsMemory(_start, _used);
    }

    public void Append(OutSegment next)
    {
        Seal();
        Next = next;
    }

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
        _owner?.Dispose();
        if (_rented)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
            _used = 0;
            Memory = default;
            _spare = this;
        }

        return next;
    }
}
