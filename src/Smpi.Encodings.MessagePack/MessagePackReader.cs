using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Reads MessagePack values from one body, strictly.</summary>
/// <remarks>
/// Written against the MessagePack specification. Every announced count is checked against the octets that remain for it before anything is
/// allocated: a value takes at least one octet, and the values that outer arrays and maps still owe are counted too. Spans that are returned
/// live as long as the reader. Every failure is an <see cref="EncodingException"/>. A body in several segments is read through one pooled copy.
/// </remarks>
public ref struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly int _maxDepth;
    private byte[]? _rented;
    private int _position;
    private int _depth;
    private long _owed = 1;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body; must live as long as the reader.</param>
    /// <param name="depth">How deep arrays and maps may be nested.</param>
    public MessagePackReader(in ReadOnlySequence<byte> body, int depth = 64)
    {
        _maxDepth = depth;
        if (body.IsSingleSegment)
        {
            _data = body.FirstSpan;
            return;
        }

        int length = checked((int)body.Length);
        _rented = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(_rented);
        _data = _rented.AsSpan(0, length);
    }

    /// <summary>The octets not read yet.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>The family of the next value.</summary>
    public readonly MessagePackType NextType => _position < _data.Length ? MessagePackCode.TypeOf(_data[_position]) : throw MessagePackFailure.Truncated();

    /// <summary>Takes the next value if it is nil.</summary>
    public bool TryReadNil()
    {
        if (_position >= _data.Length || _data[_position] != MessagePackCode.Nil) return false;
        Next();
        return true;
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean() => Next() switch
    {
        MessagePackCode.True => true,
        MessagePackCode.False => false,
        byte code => throw MessagePackFailure.Expected("A boolean", code),
    };

    /// <summary>Reads an integer of any width that fits an <see cref="int"/>.</summary>
    public int ReadInt32() => (int)ReadInt64(int.MinValue, int.MaxValue);

    /// <summary>Reads an integer of any width that is within a range.</summary>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    public long ReadInt64(long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        long value = Integer(Next(), out bool isHuge);
        if (isHuge || value < minimum || value > maximum)
            throw MessagePackFailure.Range(isHuge ? $"{(ulong)value}" : $"{value}", $"the range of {minimum} to {maximum}");
        return value;
    }

    /// <summary>Reads an integer of any width that is not negative.</summary>
    public ulong ReadUInt64()
    {
        long value = Integer(Next(), out bool isHuge);
        return isHuge || value >= 0 ? (ulong)value : throw MessagePackFailure.Range($"{value}", $"the range of 0 to {ulong.MaxValue}");
    }

    /// <summary>Reads a float of 64 or 32 bits, or an integer: some writers shorten 3.0 to 3.</summary>
    public double ReadDouble()
    {
        byte code = Next();
        if (code == MessagePackCode.Float64) return BinaryPrimitives.ReadDoubleBigEndian(Take(8));
        if (code == MessagePackCode.Float32) return BinaryPrimitives.ReadSingleBigEndian(Take(4));
        if (MessagePackCode.TypeOf(code) != MessagePackType.Integer) throw MessagePackFailure.Expected("A float", code);
        long value = Integer(code, out bool isHuge);
        return isHuge ? (ulong)value : value;
    }

    /// <summary>Reads a float of 32 bits, or a longer one rounded to it, or an integer.</summary>
    public float ReadSingle()
    {
        double value = ReadDouble();
        float rounded = (float)value;
        return float.IsInfinity(rounded) && !double.IsInfinity(value) ? throw MessagePackFailure.Range($"{value:R}", "a float of 32 bits") : rounded;
    }

    /// <summary>Reads a string, or null for nil.</summary>
    public string? ReadString() => TryReadNil() ? null : TextValues.Decode(ReadUnchecked());

    /// <summary>Reads a string as valid UTF-8.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        ReadOnlySpan<byte> text = ReadUnchecked();
        return Utf8.IsValid(text) ? text : throw MessagePackFailure.NoText();
    }

    /// <summary>Reads a string without checking that it is UTF-8: who compares it with valid text, or decodes it strictly, need not.</summary>
    internal ReadOnlySpan<byte> ReadUnchecked()
    {
        byte code = Next();
        return Take(code switch
        {
            >= MessagePackCode.FixStr and < MessagePackCode.Nil => code & 0x1fu,
            MessagePackCode.Str8 => Unsigned(1),
            MessagePackCode.Str16 => Unsigned(2),
            MessagePackCode.Str32 => Unsigned(4),
            _ => throw MessagePackFailure.Expected("A string", code),
        });
    }

    /// <summary>Reads binary data.</summary>
    public ReadOnlySpan<byte> ReadBinary()
    {
        byte code = Next();
        return Take(code switch
        {
            MessagePackCode.Bin8 => Unsigned(1),
            MessagePackCode.Bin16 => Unsigned(2),
            MessagePackCode.Bin32 => Unsigned(4),
            _ => throw MessagePackFailure.Expected("Binary data", code),
        });
    }

    /// <summary>Reads the beginning of an array and returns how many values follow; call <see cref="End"/> after the last.</summary>
    public int ReadArrayHeader()
    {
        byte code = Next();
        return Enter(1, code switch
        {
            >= MessagePackCode.FixArray and < MessagePackCode.FixStr => code & 0xfu,
            MessagePackCode.Array16 => Unsigned(2),
            MessagePackCode.Array32 => Unsigned(4),
            _ => throw MessagePackFailure.Expected("An array", code),
        });
    }

    /// <summary>Reads the beginning of a map and returns how many pairs of a key and a value follow; call <see cref="End"/> after the last.</summary>
    public int ReadMapHeader()
    {
        byte code = Next();
        return Enter(2, code switch
        {
            >= MessagePackCode.FixMap and < MessagePackCode.FixArray => code & 0xfu,
            MessagePackCode.Map16 => Unsigned(2),
            MessagePackCode.Map32 => Unsigned(4),
            _ => throw MessagePackFailure.Expected("A map", code),
        });
    }

    /// <summary>Leaves the array or map entered last.</summary>
    public void End() => _depth--;

    /// <summary>Reads an extension's data.</summary>
    /// <param name="type">The extension's number; negative ones belong to the specification.</param>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        byte code = Next();
        uint length = code switch
        {
            >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => 1u << (code - MessagePackCode.FixExt1),
            MessagePackCode.Ext8 => Unsigned(1),
            MessagePackCode.Ext16 => Unsigned(2),
            MessagePackCode.Ext32 => Unsigned(4),
            _ => throw MessagePackFailure.Expected("An extension", code),
        };
        type = (sbyte)Unsigned(1);
        return Take(length);
    }

    /// <summary>Reads the timestamp extension as UTC; nanoseconds below 100 are dropped.</summary>
    public DateTime ReadTimestamp()
    {
        if (NextType != MessagePackType.Extension) throw MessagePackFailure.Expected("A timestamp", _data[_position]);
        ReadOnlySpan<byte> data = ReadExtension(out sbyte type);
        return type == MessagePackCode.Timestamp
            ? MessagePackTimestamp.Read(data)
            : throw new EncodingException($"A timestamp (extension -1) is expected, and there is extension {type}, which is not known.");
    }

    /// <summary>Passes over one value and everything in it, checking it on the way.</summary>
    public void Skip()
    {
        int count = 0;
        switch (NextType)
        {
            case MessagePackType.Nil or MessagePackType.Boolean: Next(); return;
            case MessagePackType.Integer or MessagePackType.Float: ReadDouble(); return;
            case MessagePackType.String: ReadUtf8(); return;
            case MessagePackType.Binary: ReadBinary(); return;
            case MessagePackType.Extension: ReadExtension(out _); return;
            case MessagePackType.Array: count = ReadArrayHeader(); break;
            case MessagePackType.Map: count = 2 * ReadMapHeader(); break;
        }

        for (int i = 0; i < count; i++) Skip();
        End();
    }

    /// <summary>Passes over one value and returns its octets.</summary>
    internal ReadOnlySpan<byte> SkipToSpan()
    {
        int from = _position;
        Skip();
        return _data[from.._position];
    }

    /// <summary>Refuses anything after the value.</summary>
    internal readonly void Finish()
    {
        if (Remaining > 0) throw new EncodingException("The body goes on after its value.");
    }

    /// <summary>Gives back what the reader rented; the spans it returned end.</summary>
    public void Dispose()
    {
        byte[]? rented = _rented;
        _rented = null;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private byte Next()
    {
        if (_position >= _data.Length) throw MessagePackFailure.Truncated();
        _owed--;
        return _data[_position++];
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > (uint)Remaining) throw MessagePackFailure.Truncated();
        ReadOnlySpan<byte> taken = _data.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private uint Unsigned(uint width)
    {
        ReadOnlySpan<byte> octets = Take(width);
        return width switch
        {
            1 => octets[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(octets),
            _ => BinaryPrimitives.ReadUInt32BigEndian(octets),
        };
    }

    private long Integer(byte code, out bool isHuge)
    {
        isHuge = false;
        if (code <= MessagePackCode.MaxFixInt || code >= MessagePackCode.NegativeFixInt) return (sbyte)code;
        switch (code)
        {
            case MessagePackCode.UInt8: return Unsigned(1);
            case MessagePackCode.UInt16: return Unsigned(2);
            case MessagePackCode.UInt32: return Unsigned(4);
            case MessagePackCode.Int8: return (sbyte)Unsigned(1);
            case MessagePackCode.Int16: return (short)Unsigned(2);
            case MessagePackCode.Int32: return (int)Unsigned(4);
            case MessagePackCode.Int64: return BinaryPrimitives.ReadInt64BigEndian(Take(8));
            case MessagePackCode.UInt64:
                long value = BinaryPrimitives.ReadInt64BigEndian(Take(8));
                isHuge = value < 0;
                return value;
            default: throw MessagePackFailure.Expected("An integer", code);
        }
    }

    private int Enter(int parts, uint count)
    {
        long owed = Math.Max(_owed, 0) + ((long)count * parts);
        if (owed > Remaining) throw new EncodingException($"{count} entries are announced, and the body has octets for fewer.");
        if (_depth >= _maxDepth) throw MessagePackFailure.TooDeep(_maxDepth);
        _depth++;
        _owed = owed;
        return (int)count;
    }
}
