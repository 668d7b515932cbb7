using System.Buffers;

namespace Smpi;

/// <summary>A message whose body comes in parts: its envelope and what has come of the body; or only a mark that the rest is to be ignored.</summary>
internal sealed class SplitBody
{
    private const int Smallest = 4 * 1024;
    private const int Largest = 256 * 1024;

    private BodySegment? _first;
    private BodySegment? _last;
    private bool _lastIsOwn;

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
        if (_lastIsOwn) octets = _last!.Append(octets);
        if (octets.IsEmpty) return;

        // Tiny parts cannot cost much more than they bring: pieces grow with what has come.
        _last = new BodySegment(_last, SharedArray.Rent(Math.Max(octets.Length, Math.Clamp(Length, Smallest, Largest))), 0, 0);
        _lastIsOwn = true;
        _first ??= _last;
        _last.Append(octets);
    }

    /// <summary>Takes octets where they are.</summary>
    public void Append(SharedArray array, int start, int count)
    {
        Length += count;
        _last = new BodySegment(_last, array, start, count);
        _lastIsOwn = false;
        _first ??= _last;
    }

    public void Drop()
    {
        IsDropped = true;
        Head = default;
        Release();
    }

    public void Release()
    {
        for (BodySegment? segment = _first; segment is not null; segment = segment.Next as BodySegment) segment.Release();
        _first = _last = null;
        _lastIsOwn = false;
        Length = 0;
    }
}
