using System.Buffers;

namespace Smpi;

/// <summary>A growable buffer of pooled segments that can be patched and truncated. Not safe for concurrent use.</summary>
public sealed class OutBuffer : IBufferWriter<byte>
{
    private const int FirstSize = 16 * 1024;
    private const int RoomySize = 64 * 1024;
    private const int LargestSize = 256 * 1024;
    private const int MostKeptCuts = 64;

    private List<long>? _cuts;
    private int _firstSize = FirstSize;
    private OutSegment? _first;
    private OutSegment? _last;

    /// <summary>Octets written.</summary>
    public long Length { get; private set; }

    /// <summary>Positions at which other messages may be sent in between, in rising order.</summary>
    public IReadOnlyList<long> Cuts => _cuts ?? (IReadOnlyList<long>)[];

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Span<byte> free = _last is { } last ? last.FreeSpan : default;
        return free.Length >= sizeHint && free.Length > 0 ? free : Room(sizeHint).FreeSpan;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).Free;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (_last is null) throw new InvalidOperationException("Advance needs a span from GetSpan or GetMemory first.");
        _last.Advance(count);
        Length += count;
    }

    /// <summary>Appends octets that stay where they are.</summary>
    /// <param name="octets">The octets, in the owner's array.</param>
    /// <param name="owner">Is held until the octets were sent or taken back.</param>
    public void Append(ReadOnlyMemory<byte> octets, SharedArray owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        if (octets.IsEmpty) return;
        OutSegment written = Room(1);
        var held = OutSegment.Held(octets, owner.Keep(), Length);
        Length += octets.Length;
        _last = written.Continue(Length);
        written.Append(held);
        held.Append(_last);
    }

    /// <summary>Appends zeros to be patched later. They lie in one piece.</summary>
    /// <param name="count">How many octets, at most 64.</param>
    /// <returns>Their position.</returns>
    public long Reserve(int count)
    {
        GetSpan(count)[..count].Clear();
        long position = Length;
        Advance(count);
        return position;
    }

    /// <summary>Overwrites octets written before.</summary>
    /// <param name="position">Where they start, as <see cref="Reserve"/> returned it.</param>
    /// <param name="bytes">The new octets; they must lie in the piece that was reserved.</param>
    public void Patch(long position, ReadOnlySpan<byte> bytes)
    {
        OutSegment segment = Find(position);
        bytes.CopyTo(segment.Span((int)(position - segment.RunningIndex), bytes.Length));
    }

    /// <summary>Takes back everything after a position.</summary>
    /// <param name="length">The length to return to.</param>
    public void Truncate(long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        while (_cuts is { Count: > 0 } && _cuts[^1] > length) _cuts.RemoveAt(_cuts.Count - 1);
        if (length == Length || _first is null) return;
        OutSegment segment = length == 0 ? _first : Find(length - 1);
        OutSegment? dropped = segment.DropNext();
        while (dropped is not null) dropped = dropped.Release();
        segment.Truncate((int)(length - segment.RunningIndex));
        _last = segment;
        Length = length;
    }

    /// <summary>Ends a frame, which may be empty, on transports with frames. What a writer leaves open at the end of a write becomes one frame by itself.</summary>
    public void EndFrame() => AllowCutAt(Length);

    /// <summary>Allows other messages to be sent between what is written and what comes next. On transports with frames it ends the frame.</summary>
    public void AllowCut() => AllowCutAt(Length);

    internal int CutCount => _cuts?.Count ?? 0;

    internal void AllowCutAt(long position) => (_cuts ??= []).Add(position);

    internal void ForgetCuts() => _cuts?.Clear();

    /// <summary>Takes back everything after a position, and every cut but the first ones.</summary>
    internal void Truncate(long length, int cuts)
    {
        Truncate(length);
        _cuts?.RemoveRange(cuts, _cuts.Count - cuts);
    }

    /// <summary>The octets from one position to another, without copying.</summary>
    /// <param name="start">The first position.</param>
    /// <param name="end">The position after the last.</param>
    public ReadOnlySequence<byte> Slice(long start, long end)
    {
        if (_first is null || _last is null || end <= start) return ReadOnlySequence<byte>.Empty;
        _last.Seal();
        return ReferenceEquals(_first, _last)
            ? new ReadOnlySequence<byte>(_first.Memory[(int)start..(int)end])
            : new ReadOnlySequence<byte>(_first, 0, _last, _last.Memory.Length).Slice(start, end - start);
    }

    /// <summary>Forgets everything and keeps one segment for the next use: a small one, as long as it was large enough.</summary>
    public void Clear()
    {
        bool isTight = _first is { Capacity: < RoomySize } first && Length > first.Capacity;
        Truncate(0, 0);
        if (!isTight && _first is not { Capacity: > LargestSize }) return;
        Release();
        if (isTight) _firstSize = RoomySize;
    }

    /// <summary>Forgets everything and gives all memory back.</summary>
    public void Release()
    {
        _cuts = null;
        _firstSize = FirstSize;
        OutSegment? segment = _first;
        while (segment is not null) segment = segment.Release();
        _first = _last = null;
        Length = 0;
    }

    /// <summary>Gives all memory back, and takes as much as this use needed at the next one.</summary>
    internal void GiveBack()
    {
        int next = Length > FirstSize ? RoomySize : FirstSize;
        List<long>? cuts = _cuts is { Capacity: <= MostKeptCuts } ? _cuts : null;
        Release();
        _firstSize = next;
        cuts?.Clear();
        _cuts = cuts;
    }

    private OutSegment Room(int sizeHint)
    {
        int need = Math.Max(sizeHint, 1);
        if (_last is { } last && last.FreeSpan.Length >= need) return last;
        int size = _last is null ? _firstSize : Math.Clamp(_last.Capacity * 2, FirstSize, LargestSize);
        var segment = OutSegment.Rented(Math.Max(size, need), Length);
        if (_last is null) _first = segment;
        else _last.Append(segment);
        return _last = segment;
    }

    private OutSegment Find(long position)
    {
        OutSegment? segment = _last is not null && position >= _last.RunningIndex ? _last : _first;
        while (segment is not null && position >= segment.RunningIndex + segment.Used) segment = segment.Next as OutSegment;
        return segment ?? throw new ArgumentOutOfRangeException(nameof(position), position, "The position lies outside of what was written.");
    }
}
