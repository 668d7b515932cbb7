using System.Buffers;
using System.Numerics;

namespace Smpi;

/// <summary>A message whose body comes in parts: its envelope and what has come of the body; or only a mark that the rest is to be ignored.</summary>
internal sealed class SplitBody
{
    private const int Smallest = 4 * 1024;
    private const int Largest = 256 * 1024;

    private readonly PartMemory _memory;
    private BodySegment? _first;
    private BodySegment? _last;
    private bool _lastIsOwn;

    public SplitBody(in Message head, PartMemory memory)
    {
        Head = head;
        _memory = memory;
        Envelope = SizeOf(head.Headers);
    }

    /// <summary>The envelope, without its body.</summary>
    public Message Head { get; private set; }

    /// <summary>Octets of the body so far.</summary>
    public int Length { get; private set; }

    /// <summary>What the headers take while the body comes, in bytes.</summary>
    public int Envelope { get; private set; }

    /// <summary>Seconds that this side has waited for the rest; guarded by the lock of <see cref="SplitBodies"/>.</summary>
    public int Waited { get; set; }

    /// <summary>Whether the message was given up, so that further parts are ignored.</summary>
    public bool IsDropped { get; private set; }

    public ReadOnlySequence<byte> Body => _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    public void Append(ReadOnlySpan<byte> octets)
    {
        Length += octets.Length;
        _memory.Store(octets.Length);
        if (_lastIsOwn) octets = _last!.Append(octets);
        while (!octets.IsEmpty)
        {
            Add(SharedArray.Rent(NextSize(octets.Length)), 0, 0);
            _lastIsOwn = true;
            octets = _last!.Append(octets);
        }
    }

    /// <summary>Takes octets where they are.</summary>
    public void Append(SharedArray array, int start, int count)
    {
        Length += count;
        _memory.Store(count);
        Add(array, start, count);
        _lastIsOwn = false;
    }

    public void Drop()
    {
        IsDropped = true;
        Head = default;
        Release();
    }

    public void Release()
    {
        for (BodySegment? segment = _first; segment is not null; segment = segment.Next as BodySegment)
        {
            _memory.LetGo(segment);
            segment.Release();
        }

        _first = _last = null;
        _lastIsOwn = false;
        Length = 0;
        Envelope = 0;
    }

    private static int SizeOf(Headers? headers)
    {
        int size = 0;
        if (headers is null) return size;
        foreach ((string name, string value) in headers) size += (2 * (name.Length + value.Length)) + 64;
        return size;
    }

    private void Add(SharedArray array, int start, int used)
    {
        _memory.Hold(array);
        _last = new BodySegment(_last, array, start, used);
        _first ??= _last;
    }

    // Tiny parts cannot cost much more than they bring: pieces grow with what has come. Where much is held for nothing already, a
    // piece is filled by what there is, but for the last one.
    private int NextSize(int count)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, Math.Clamp(Length, Smallest, Largest)));
        return _memory.Fits(size, 0) ? size : Math.Max(Smallest, (int)(BitOperations.RoundUpToPowerOf2((uint)count + 1) / 2));
    }
}
