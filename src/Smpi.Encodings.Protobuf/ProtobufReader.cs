using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Reads the fields of Protocol Buffers messages, strictly.</summary>
/// <remarks>
/// Written against the Protocol Buffers encoding specification. Read a tag, then its value or <see cref="Skip"/>, until there is no tag left.
/// Every length is checked against the octets that remain in the message before anything is allocated. Spans that are returned live as long as
/// the reader. Every failure is an <see cref="EncodingException"/>. A body in several segments is read through one pooled copy.
/// </remarks>
public ref struct ProtobufReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly int _maxDepth;
    private byte[]? _rented;
    private int _position;
    private int _end;
    private int _depth = 1;
    private uint _tag;
    private long _joinable;
    private ObjectBudget _objects;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body; must live as long as the reader.</param>
    /// <param name="depth">How deep messages and groups may be nested, the outermost one counted.</param>
    /// <param name="objects">How many objects the values of the body may take.</param>
    public ProtobufReader(in ReadOnlySequence<byte> body, int depth = 64, int objects = ProtobufEncodingOptions.DefaultObjects)
    {
        _objects = new ObjectBudget(objects);
        _maxDepth = depth;
        _data = body.FirstSpan;
        if (!body.IsSingleSegment)
        {
            int length = checked((int)body.Length);
            _rented = ArrayPool<byte>.Shared.Rent(length);
            body.CopyTo(_rented);
            _data = _rented.AsSpan(0, length);
        }

        _end = _data.Length;
        _joinable = 4096 + (4L * _end);
    }

    private ProtobufReader(ReadOnlySpan<byte> joined, scoped ref ProtobufReader outer)
    {
        _data = joined;
        _end = joined.Length;
        _maxDepth = outer._maxDepth;
        _depth = outer._depth;
        _joinable = outer._joinable;
        _objects = outer._objects;
    }

    /// <summary>The octets of the message that are not read yet.</summary>
    public readonly int Remaining => _end - _position;

    /// <summary>The number of the field whose tag was read last.</summary>
    public readonly int Number => (int)(_tag >> 3);

    /// <summary>The wire type of the field whose tag was read last.</summary>
    public readonly ProtobufWireType WireType => (ProtobufWireType)(_tag & 7);

    /// <summary>Reads the next tag: the field's number times eight, and its wire type.</summary>
    /// <param name="tag">The tag; 0 at the end.</param>
    /// <returns>False at the end of the message.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out uint tag)
    {
        tag = 0;
        if (_position >= _end) return false;
        uint first = _data[_position];
        if (first - 8 >= 0x80 - 8)
        {
            tag = LongTag();
            return true;
        }

        _position++;
        _tag = tag = first;
        return true;
    }

    /// <summary>Reads an integer of any width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64()
    {
        if (_position < _end && _data[_position] is < 0x80 and var first)
        {
            _position++;
            return first;
        }

        return Varint.Take(_data[.._end], ref _position);
    }

    /// <summary>Reads an integer of type <c>int64</c>.</summary>
    public long ReadInt64() => (long)ReadUInt64();

    /// <summary>Reads an integer of type <c>int32</c>, or of an enum.</summary>
    public int ReadInt32()
    {
        long value = (long)ReadUInt64();
        return (int)value == value ? (int)value : throw ProtobufFailure.Range($"{value}", "an integer of 32 bits");
    }

    /// <summary>Reads an integer of type <c>uint32</c>.</summary>
    public uint ReadUInt32()
    {
        ulong value = ReadUInt64();
        return value <= uint.MaxValue ? (uint)value : throw ProtobufFailure.Range($"{value}", "an unsigned integer of 32 bits");
    }

    /// <summary>Reads an integer of type <c>sint32</c>.</summary>
    public int ReadSInt32() => (int)Varint.Signed(ReadUInt32());

    /// <summary>Reads an integer of type <c>sint64</c>.</summary>
    public long ReadSInt64() => Varint.Signed(ReadUInt64());

    /// <summary>Reads a <c>bool</c>; every integer but 0 is true, as the specification says.</summary>
    public bool ReadBool() => ReadUInt64() != 0;

    /// <summary>Reads four octets.</summary>
    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads eight octets.</summary>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads a <c>float</c>.</summary>
    public float ReadFloat() => BitConverter.UInt32BitsToSingle(ReadFixed32());

    /// <summary>Reads a <c>double</c>.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>Reads a <c>string</c>.</summary>
    /// <exception cref="EncodingException">It is not valid UTF-8.</exception>
    public string ReadString()
    {
        Count();
        return Texts.Read(ReadBytes());
    }

    /// <summary>Counts what a shape is about to make; strings and messages count themselves.</summary>
    /// <param name="objects">How many objects.</param>
    /// <exception cref="EncodingException">The body holds more than are allowed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long objects = 1) => _objects.Take(objects);

    /// <summary>Reads a length and as many octets: <c>bytes</c>, or whatever else has a length.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(Length());

    /// <summary>Reads a field that is a message.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="shape">How the message becomes a value.</param>
    public T ReadMessage<T>(ProtobufShape<T> shape)
    {
        int length = Length(), end = _end;
        uint tag = _tag;
        Count(ObjectCount.Of<T>());
        Enter();
        _end = _position + length;
        T value;
        try
        {
            value = shape.Read(ref this);
            if (_position != _end) throw ProtobufFailure.Unread(Remaining);
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Within(error, shape, (int)(tag >> 3), Number);
            throw;
        }

        _end = end;
        Leave();
        _tag = tag;
        return value;
    }

    /// <summary>Refuses a field whose wire type is not the one that its member has.</summary>
    /// <param name="type">The wire type that is expected.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Expect(ProtobufWireType type)
    {
        if (WireType != type) throw ProtobufFailure.WireType(WireType);
    }

    /// <summary>Passes over a field whose tag matched none: refuses it if it has the number of a member, since then its wire type is wrong.</summary>
    /// <param name="shape">The shape that knows the members.</param>
    public void SkipUnknown(ProtobufShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.MemberOf(Number) is not null) throw ProtobufFailure.WireType(WireType);
        Skip();
    }

    /// <summary>Passes over the field whose tag was read last, groups and all that is in them included.</summary>
    public void Skip() => Skipping.Field(ref this, WireType);

    /// <summary>Gives back what the reader rented; the spans it returned end.</summary>
    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    /// <summary>Reads a message that may come in several parts; the parts that came before are read again together with this one.</summary>
    internal T ReadMessage<T>(ProtobufShape<T> shape, ref MessageParts parts)
    {
        int before = _position, length = Length(), start = _position;
        if (!parts.HasAny)
        {
            parts = new MessageParts { HasAny = true, Start = start, Length = length };
            _position = before;
            return ReadMessage(shape);
        }

        // One after the other they would cost the square of their number; nobody sends many.
        _joinable -= parts.Length + (long)length;
        if (_joinable < 0) throw new EncodingException("A message comes in too many parts.");
        ReadOnlySpan<byte> earlier = parts.Joined ?? _data.Slice(parts.Start, parts.Length);
        byte[] joined = [.. earlier, .. Take(length)];
        (parts.Joined, parts.Length) = (joined, joined.Length);
        return ReadJoined(shape, joined);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Take(int length)
    {
        if (length > _end - _position) ProtobufFailure.ThrowTruncated();
        ReadOnlySpan<byte> taken = _data.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary>Takes a tag of one octet if it comes again: the items of a list mostly follow one another.</summary>
    internal bool TryRepeat(uint tag)
    {
        if (tag >= 0x80 || _position >= _end || _data[_position] != tag) return false;
        _position++;
        return true;
    }

    internal void Enter()
    {
        if (_depth >= _maxDepth) throw ProtobufFailure.TooDeep(_maxDepth);
        _depth++;
    }

    internal void Leave() => _depth--;

    /// <summary>What remains of the message, or of packed numbers, so that they can be counted before room is made for them.</summary>
    internal readonly ReadOnlySpan<byte> PeekRest() => _data[_position.._end];

    internal int EnterPacked()
    {
        int length = Length(), end = _end;
        _end = _position + length;
        return end;
    }

    internal void LeavePacked(int end) => _end = end;

    /// <summary>Reads a message that does not lie in the body.</summary>
    internal T ReadJoined<T>(ProtobufShape<T> shape, byte[] joined)
    {
        Count(ObjectCount.Of<T>());
        Enter();
        var inner = new ProtobufReader(joined, ref this);
        try
        {
            T value = shape.Read(ref inner);
            Leave();
            (_joinable, _objects) = (inner._joinable, inner._objects);
            return value;
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Within(error, shape, Number, inner.Number);
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Length()
    {
        ulong length = ReadUInt64();
        if (length > (uint)(_end - _position)) throw ProtobufFailure.Truncated();
        return (int)length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint LongTag()
    {
        ulong tag = ReadUInt64();
        if (tag > uint.MaxValue || tag < 8) throw new EncodingException($"A tag has the field number {tag >> 3}; numbers go from 1 to 536870911.");
        return _tag = (uint)tag;
    }
}
