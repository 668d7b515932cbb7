using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Writes the fields of Protocol Buffers messages.</summary>
/// <remarks>
/// Written against the Protocol Buffers encoding specification. Every method writes its field, whatever its value: a field of implicit presence
/// is left out by its caller. Call <see cref="Flush"/> after the last field. Allocates nothing. The octets of a message that is open stay in one
/// piece, so that its length can be put before it.
/// </remarks>
public ref struct ProtobufWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly int _maxDepth;
    private Span<byte> _span;
    private int _written;
    private int _flushed;
    private int _open;
    private int _depth;

    /// <summary>Writes to an output.</summary>
    /// <param name="output">Where to append.</param>
    /// <param name="depth">How deep messages may be nested, the outermost one counted.</param>
    public ProtobufWriter(IBufferWriter<byte> output, int depth = 64)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _maxDepth = depth;
    }

    /// <summary>Hands what was written to the output; no message may be open.</summary>
    public void Flush()
    {
        if (_written > 0) _output.Advance(_written);
        _flushed += _written;
        _written = 0;
        _span = default;
    }

    /// <summary>Writes a field of type <c>bool</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteBool(int number, bool value)
    {
        ref byte at = ref Tag(number, ProtobufWireType.Varint, 1);
        at = value ? (byte)1 : (byte)0;
        _written++;
    }

    /// <summary>Writes a field of type <c>int32</c>, or of an enum.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value; negative ones take ten octets.</param>
    public void WriteInt32(int number, int value) => WriteUInt64(number, (ulong)(long)value);

    /// <summary>Writes a field of type <c>int64</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value; negative ones take ten octets.</param>
    public void WriteInt64(int number, long value) => WriteUInt64(number, (ulong)value);

    /// <summary>Writes a field of type <c>uint32</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteUInt32(int number, uint value) => WriteUInt64(number, value);

    /// <summary>Writes a field of type <c>uint64</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt64(int number, ulong value)
    {
        ref byte at = ref Tag(number, ProtobufWireType.Varint, Varint.Longest);
        _written += Varint.Put(ref at, value);
    }

    /// <summary>Writes a field of type <c>sint32</c>: small in both directions.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteSInt32(int number, int value) => WriteUInt64(number, (uint)((value << 1) ^ (value >> 31)));

    /// <summary>Writes a field of type <c>sint64</c>: small in both directions.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteSInt64(int number, long value) => WriteUInt64(number, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes a field of type <c>fixed32</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteFixed32(int number, uint value)
    {
        ref byte at = ref Tag(number, ProtobufWireType.Fixed32, 4);
        Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        _written += 4;
    }

    /// <summary>Writes a field of type <c>fixed64</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteFixed64(int number, ulong value)
    {
        ref byte at = ref Tag(number, ProtobufWireType.Fixed64, 8);
        Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        _written += 8;
    }

    /// <summary>Writes a field of type <c>float</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteFloat(int number, float value) => WriteFixed32(number, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes a field of type <c>double</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public void WriteDouble(int number, double value) => WriteFixed64(number, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a field of type <c>string</c>.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value; lone surrogates are refused.</param>
    /// <exception cref="EncodingException">The text is not valid UTF-16.</exception>
    public void WriteString(int number, scoped ReadOnlySpan<char> value)
    {
        int most = value.Length <= 4096 ? value.Length * 3 : Encoding.UTF8.GetByteCount(value);
        Tag(number, ProtobufWireType.Length, most + 5);
        Span<byte> room = _span[_written..];
        // Text is mostly ASCII: as many octets as characters are expected, and moved if there are more.
        int expected = Varint.Size((uint)value.Length);
        if (Utf8.FromUtf16(value, room[expected..], out int read, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw ProtobufFailure.At(new EncodingException($"A string has a lone surrogate at {read}; it is no text."), number);
        int size = Varint.Size((uint)length);
        if (size != expected) room.Slice(expected, length).CopyTo(room[size..]);
        Varint.Put(ref room[0], (uint)length);
        _written += size + length;
    }

    /// <summary>Writes a field of type <c>bytes</c>, or one whose octets are encoded already: a string, a message, packed numbers.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The octets.</param>
    public void WriteBytes(int number, scoped ReadOnlySpan<byte> value)
    {
        Tag(number, ProtobufWireType.Length, 5);
        AppendVarint((uint)value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes a field that is a message.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value; not null.</param>
    /// <param name="shape">How the value becomes a message.</param>
    public void WriteMessage<T>(int number, T value, ProtobufShape<T> shape)
    {
        int mark = BeginMessage(number);
        try
        {
            shape.Write(ref this, value);
        }
        catch (Exception error) when (ProtobufFailure.IsOfValue(error))
        {
            ProtobufFailure.Within(error, shape, number);
            throw;
        }

        EndMessage(mark);
    }

    /// <summary>Begins a field that is a message; write its fields, then call <see cref="EndMessage"/>.</summary>
    /// <param name="number">The field's number.</param>
    /// <returns>What <see cref="EndMessage"/> takes.</returns>
    public int BeginMessage(int number)
    {
        if (_depth + 1 >= _maxDepth) throw ProtobufFailure.At(ProtobufFailure.TooDeep(_maxDepth), number);
        return Begin(number);
    }

    /// <summary>Ends the message that began last, and puts its length before it.</summary>
    /// <param name="mark">What <see cref="BeginMessage"/> returned.</param>
    public void EndMessage(int mark)
    {
        int length = _flushed + _written - mark;
        if (length >= 0x80)
        {
            int more = Varint.Size((uint)length) - 1;
            if (_span.Length - _written < more) Grow(more);
            Span<byte> content = _span.Slice(mark - _flushed, length + more);
            content[..length].CopyTo(content[more..]);
            _written += more;
        }

        Varint.Put(ref _span[mark - _flushed - 1], (uint)length);
        _depth--;
    }

    /// <summary>Writes a tag; the value follows as octets.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="type">How its octets end.</param>
    public void WriteTag(int number, ProtobufWireType type) => Tag(number, type, 0);

    /// <summary>Writes an integer of seven bits an octet without a tag: a packed number, or a length.</summary>
    /// <param name="value">The value.</param>
    public void AppendVarint(ulong value)
    {
        ref byte at = ref Room(Varint.Longest);
        _written += Varint.Put(ref at, value);
    }

    /// <summary>Appends octets as they are: fields encoded earlier, or the value after a tag.</summary>
    /// <param name="encoded">The octets.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        if (_span.Length - _written < encoded.Length) Grow(encoded.Length);
        encoded.CopyTo(_span[_written..]);
        _written += encoded.Length;
    }

    /// <summary>Room for octets that the caller fills in at once.</summary>
    internal Span<byte> Take(int length)
    {
        if (_span.Length - _written < length) Grow(length);
        Span<byte> taken = _span.Slice(_written, length);
        _written += length;
        return taken;
    }

    /// <summary>Begins packed numbers, which are no level of nesting that a reader could run into.</summary>
    internal int Begin(int number)
    {
        Tag(number, ProtobufWireType.Length, 1);
        if (_depth++ == 0) _open = _flushed + _written;
        _written++;
        return _flushed + _written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Room(int length)
    {
        if (_span.Length - _written < length) Grow(length);
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _written);
    }

    /// <summary>Writes the tag and returns where the value goes; there is room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Tag(int number, ProtobufWireType type, int room)
    {
        ref byte at = ref Room(5 + room);
        int size = Varint.Put(ref at, ((uint)number << 3) | (uint)type);
        _written += size;
        return ref Unsafe.Add(ref at, size);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        if (_depth == 0)
        {
            Flush();
            _span = _output.GetSpan(Math.Max(length, 256));
            return;
        }

        int kept = _flushed + _written - _open;
        byte[] copy = ArrayPool<byte>.Shared.Rent(kept);
        _span.Slice(_open - _flushed, kept).CopyTo(copy);
        if (_open > _flushed) _output.Advance(_open - _flushed);
        _flushed = _open;
        _span = _output.GetSpan(Math.Max(checked(kept + Math.Max(kept, length)), 256));
        copy.AsSpan(0, kept).CopyTo(_span);
        _written = kept;
        ArrayPool<byte>.Shared.Return(copy);
    }
}
