using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Smpi;

/// <summary>Reads the fields of Protocol Buffers messages, strictly.</summary>
/// <remarks>
/// Written against the Protocol Buffers encoding specification. Read a tag, then its value or <see cref="Skip"/>, until there is no tag left.
/// Every length is checked against the octets that remain in the message before anything is allocated. Spans that are returned live as long as
/// the reader. Every failure is an <see cref="EncodingException"/>. A body in several segments is read through one pooled copy.
/// </remarks>
public ref struct ProtobufReader
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _maxDepth;
    private byte[]? _rented;
    private int _position;
    private int _end;
    private int _depth = 1;
    private uint _tag;
    private long _joinable;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body; must live as long as the reader.</param>
    /// <param name="depth">How deep messages and groups may be nested, the outermost one counted.</param>
    public ProtobufReader(in ReadOnlySequence<byte> body, int depth = 64)
    {
        _maxDepth = depth;
        if (body.IsSingleSegment)
        {
            _data = body.FirstSpan;
        }
        else
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
        if (_position >= _end)
        {
            tag = 0;
            return false;
        }

        uint first = _data[_position];
        if (first - 8 < 0x80 - 8)
        {
            _position++;
            _tag = tag = first;
            return true;
        }

        tag = LongTag();
        return true;
    }

    /// <summary>Reads an integer of any width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64()
    {
        if (_position < _end)
        {
            byte first = _data[_position];
            if (first < 0x80)
            {
                _position++;
                return first;
            }
        }

        return LongVarint();
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
    public int ReadSInt32()
    {
        uint value = ReadUInt32();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>Reads an integer of type <c>sint64</c>.</summary>
    public long ReadSInt64()
    {
        ulong value = ReadUInt64();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

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
        ReadOnlySpan<byte> text = ReadBytes();
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new EncodingException("A string is not valid UTF-8.", error);
        }
    }

    /// <summary>Reads a length and as many octets: <c>bytes</c>, or whatever else has a length.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(Length());

    /// <summary>Reads a field that is a message.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="shape">How the message becomes a value.</param>
    public T ReadMessage<T>(ProtobufShape<T> shape)
    {
        int length = Length(), end = _end;
        uint tag = _tag;
        if (_depth >= _maxDepth) throw ProtobufFailure.TooDeep(_maxDepth);
        _depth++;
        _end = _position + length;
        T value;
        try
        {
            value = shape.Read(ref this);
            if (_position != _end) throw new EncodingException($"{shape.GetType().Name} left {_end - _position} octets of a message unread.");
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Within(error, shape, (int)(tag >> 3), Number);
            throw;
        }

        _end = end;
        _depth--;
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
    public void Skip()
    {
        switch (WireType)
        {
            case ProtobufWireType.Varint: ReadUInt64(); break;
            case ProtobufWireType.Fixed64: Take(8); break;
            case ProtobufWireType.Length: Take(Length()); break;
            case ProtobufWireType.Fixed32: Take(4); break;
            case ProtobufWireType.StartGroup: SkipGroup(Number); break;
            case ProtobufWireType.EndGroup: throw new EncodingException($"Group {Number} ends and did not begin.");
            default: throw new EncodingException($"Field {Number} has wire type {_tag & 7}, which does not exist.");
        }
    }

    /// <summary>Gives back what the reader rented; the spans it returned end.</summary>
    public void Dispose()
    {
        byte[]? rented = _rented;
        _rented = null;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
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

    /// <summary>The octets that a number of packed values takes, so that their count is known before room is made for them.</summary>
    internal readonly ReadOnlySpan<byte> PeekPacked(int length) => _data.Slice(_position, length);

    /// <summary>Refuses what a shape left unread.</summary>
    internal readonly void Finish()
    {
        if (Remaining > 0) throw new EncodingException("The shape left a part of the body unread.");
    }

    /// <summary>Takes a tag of one octet if it comes again: the items of a list mostly follow one another.</summary>
    internal bool TryRepeat(uint tag)
    {
        if (tag >= 0x80 || _position >= _end || _data[_position] != tag) return false;
        _position++;
        return true;
    }

    /// <summary>All that remains of the message.</summary>
    internal ReadOnlySpan<byte> ReadRest() => Take(_end - _position);

    internal void ReadPacked(Span<byte> octets) => Take(octets.Length).CopyTo(octets);

    /// <summary>Enters packed values and returns what <see cref="LeavePacked"/> takes.</summary>
    internal int EnterPacked()
    {
        int length = Length(), end = _end;
        _end = _position + length;
        return end;
    }

    internal void LeavePacked(int end) => _end = end;

    private T ReadJoined<T>(ProtobufShape<T> shape, byte[] joined)
    {
        if (_depth >= _maxDepth) throw ProtobufFailure.TooDeep(_maxDepth);
        var inner = new ProtobufReader(joined, ref this) { _depth = _depth + 1 };
        try
        {
            T value = shape.Read(ref inner);
            _joinable = inner._joinable;
            return value;
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Within(error, shape, Number, inner.Number);
            throw;
        }
    }

    private void SkipGroup(int number)
    {
        if (_depth >= _maxDepth) throw ProtobufFailure.TooDeep(_maxDepth);
        _depth++;
        while (TryReadTag(out uint tag))
        {
            if ((tag & 7) != (uint)ProtobufWireType.EndGroup)
            {
                Skip();
                continue;
            }

            if (tag >> 3 != number) throw new EncodingException($"Group {number} ends as group {tag >> 3}.");
            _depth--;
            return;
        }

        throw ProtobufFailure.Truncated();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Length()
    {
        ulong length = ReadUInt64();
        if (length > (uint)(_end - _position)) throw ProtobufFailure.Truncated();
        return (int)length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _end - _position) Truncated();
        ReadOnlySpan<byte> taken = _data.Slice(_position, length);
        _position += length;
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong LongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _end) throw ProtobufFailure.Truncated();
            byte octet = _data[_position++];
            if (shift == 63 && octet > 1) break;
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80) return value;
        }

        throw new EncodingException("An integer has more than 64 bits.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint LongTag()
    {
        ulong tag = ReadUInt64();
        if (tag > uint.MaxValue || tag < 8) throw new EncodingException($"A tag has the field number {tag >> 3}; numbers go from 1 to 536870911.");
        return _tag = (uint)tag;
    }

    [DoesNotReturn]
    private static void Truncated() => throw ProtobufFailure.Truncated();
}
