using System.Buffers;

namespace Smpi;

/// <summary>Messages that go over together. Owned by one side at a time and used again.</summary>
internal sealed class MemoryBatch
{
    /// <summary>What a message counts beside its body, so that empty ones count too.</summary>
    public const int EnvelopeSize = 32;

    // A burst of events fits, so that the batches of many connections do not grow one by one whenever one of them is late.
    private const int FirstEntries = 32;

    // As many values as a stream may have under way; what is much larger than its last uses goes back.
    private const int KeptEntries = 16 * 1024;
    private const int SmallEntries = 1024;
    private const int SmallUses = 16;

    private readonly OutBuffer _bodies = new();
    private MemoryEntry[] _entries = [];
    private int _count;
    private int _next;
    private int _smallUses;
    private long _values;

    /// <summary>Why the writer closes after these messages; null when it does not.</summary>
    public CloseReason? Goodbye { get; set; }

    public bool IsEmpty => _count == 0 && Goodbye is null;

    public long Octets => _bodies.Length + _values + ((long)_count * EnvelopeSize);

    /// <summary>Appends a message whose body <paramref name="body"/> encodes in place; takes the octets back when that fails.</summary>
    public int Write(in Message message, IMessageBody? body, LimitedWriter output, int limit)
    {
        long start = _bodies.Length;
        try
        {
            output.Begin(_bodies, limit);
            if (body is not null) body.WriteTo(output);
            else if (!message.Body.IsEmpty) foreach (ReadOnlyMemory<byte> piece in message.Body) output.Write(piece.Span);
        }
        catch
        {
            _bodies.Truncate(start);
            throw;
        }
        finally
        {
            output.End();
        }

        Add(new MemoryEntry(Envelope(in message, message.Value), start, _bodies.Length));
        return (int)(_bodies.Length - start);
    }

    /// <summary>Appends a message that carries the value itself.</summary>
    public void WriteValue(in Message message, object? value, int nominal)
    {
        _values += nominal;
        Add(new MemoryEntry(Envelope(in message, value), 0, 0));
    }

    public bool TryRead(out Message message)
    {
        if (_next == _count)
        {
            message = default;
            return false;
        }

        ref readonly MemoryEntry entry = ref _entries[_next++];
        message = entry.End > entry.Start ? entry.Envelope with { Body = _bodies.Slice(entry.Start, entry.End) } : entry.Envelope;
        return true;
    }

    /// <summary>Takes room for some messages, so that it is there when the batch is used.</summary>
    public void Prepare()
    {
        if (_entries.Length == 0) _entries = new MemoryEntry[FirstEntries];
    }

    /// <summary>Moves everything of another batch behind this one's messages.</summary>
    public void Append(MemoryBatch other)
    {
        long offset = _bodies.Length;
        if (other._bodies.Length > 0) foreach (ReadOnlyMemory<byte> piece in other._bodies.Slice(0, other._bodies.Length)) _bodies.Write(piece.Span);
        foreach (ref readonly MemoryEntry entry in other._entries.AsSpan(0, other._count))
        {
            Add(new MemoryEntry(entry.Envelope, entry.Start + offset, entry.End + offset));
        }

        _values += other._values;
        Goodbye ??= other.Goodbye;
        other.Clear();
    }

    /// <summary>Ends the loan and makes the batch ready to be filled.</summary>
    public void Clear()
    {
        _smallUses = _entries.Length > SmallEntries && _count < _entries.Length / 16 ? _smallUses + 1 : 0;
        if (_entries.Length > KeptEntries || _smallUses > SmallUses) (_entries, _smallUses) = ([], 0);
        else _entries.AsSpan(0, _count).Clear();
        _bodies.Clear();
        _count = _next = 0;
        _values = 0;
        Goodbye = null;
    }

    private static Message Envelope(in Message message, object? value) =>
        message with { Body = default, Value = value, Headers = message.Headers?.Clone() };

    private void Add(in MemoryEntry entry)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Max(FirstEntries, _count * 2));
        _entries[_count++] = entry;
    }
}
