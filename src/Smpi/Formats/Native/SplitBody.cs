using System.Buffers;

namespace Smpi;

/// <summary>A message whose body comes in parts: its envelope and what has come of the body; or only a mark that the rest is to be ignored.</summary>
internal sealed class SplitBody
{
    private const int Smallest = 4 * 1024;
    private const int Largest = 256 * 1024;

    private PooledSegment? _first;
    private PooledSegment? _last;

    public SplitBody(in Message head) => Head = head;

    /// <summary>The envelope, without its body.</summary>
    public Message Head { get; private set; }

    /// <summary>Octets of the body so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the message was given up, so that further parts are ignored.</summary>
    public bool IsDropped { get; private set; }

    public ReadOnlySequence<byte> Body => _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    public void Append(ReadOnlySpan<byte> octets)
    {
        Length += octets.Length;
        if (_last is not null) octets = _last.Append(octets);
        if (octets.IsEmpty) return;

        // Tiny parts cannot cost much more than they bring: pieces grow with what has come.
        _last = new PooledSegment(_last, Math.Max(octets.Length, Math.Clamp(Length, Smallest, Largest)));
        _first ??= _last;
        _last.Append(octets);
    }

    public void Drop()
    {
        IsDropped = true;
        Head = default;
        Release();
    }

    public void Release()
    {
        PooledSegment? segment = _first;
        while (segment is not null) segment = segment.Release();
        _first = _last = null;
        Length = 0;
    }
}
