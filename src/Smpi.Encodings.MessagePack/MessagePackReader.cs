using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
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
    private readonly int _maxDepth;
    private readonly int _maxObjects;
    private ReadOnlySpan<byte> _rest;
    private byte[]? _rented;
    private int _depth;
    private long _owed = 1;
    private long _objects;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body; must live as long as the reader.</param>
    /// <param name="depth">How deep arrays and maps may be nested.</param>
    /// <param name="objects">How many objects the values of the body may take.</param>
    public MessagePackReader(in ReadOnlySequence<byte> body, int depth = 64, int objects = MessagePackEncodingOptions.DefaultObjects)
    {
        _maxDepth = depth;
        _maxObjects = objects;
        _objects = objects;
        if (body.IsSingleSegment)
        {
            _rest = body.FirstSpan;
            return;
        }

        int length = checked((int)body.Length);
        _rented = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(_rented);
        _rest = _rented.AsSpan(0, length);
    }

    /// <summary>The octets not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>What is left of the body, for <see cref="MessagePackSpans"/>; <see cref="Leave"/> says how far that came.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The family of the next value.</summary>
    public readonly MessagePackType NextType => _rest.Length > 0 ? MessagePackCode.TypeOf(_rest[0]) : throw MessagePackFailure.Truncated();

    /// <summary>Takes the next value if it is nil.</summary>
    public bool TryReadNil()
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.IsEmpty || rest[0] != MessagePackCode.Nil) return false;
        _rest = rest[1..];
        _owed--;
        return true;
    }

    /// <summary>Takes the next key if it is exactly these octets: the form that writers give it.</summary>
    /// <remarks>False does not mean that the key is another: a longer form of the same one is not taken.</remarks>
    /// <param name="encoded">The encoded key, a string or a number; one of constant length is compared without a loop.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadKey(scoped ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> rest = _rest;
        if (!rest.StartsWith(encoded)) return false;
        _rest = rest[encoded.Length..];
        _owed--;
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
    public int ReadInt32()
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.IsEmpty || !MessagePackInteger.TryReadInt32(rest, out int value, out int length)) return (int)ReadInt64(int.MinValue, int.MaxValue);
        _rest = rest[length..];
        _owed--;
        return value;
    }

    /// <summary>Reads an integer of any width that is within a range.</summary>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The greatest value allowed.</param>
    public long ReadInt64(long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        long value = MessagePackInteger.Read(Next(), ref _rest, out bool isHuge);
        if (isHuge || value < minimum || value > maximum)
            throw MessagePackFailure.Range(isHuge ? $"{(ulong)value}" : $"{value}", $"the range of {minimum} to {maximum}");
        return value;
    }

    /// <summary>Reads an integer of any width that is not negative.</summary>
    public ulong ReadUInt64()
    {
        long value = MessagePackInteger.Read(Next(), ref _rest, out bool isHuge);
        return isHuge || value >= 0 ? (ulong)value : throw MessagePackFailure.Range($"{value}", $"the range of 0 to {ulong.MaxValue}");
    }

    /// <summary>Reads a float of 64 or 32 bits, or an integer: some writers shorten 3.0 to 3.</summary>
    public double ReadDouble()
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.Length >= 9 && rest[0] == MessagePackCode.Float64)
        {
            _rest = rest[9..];
            _owed--;
            return BinaryPrimitives.ReadDoubleBigEndian(rest[1..]);
        }

        byte code = Next();
        if (code == MessagePackCode.Float64) throw MessagePackFailure.Truncated();
        if (code == MessagePackCode.Float32) return BinaryPrimitives.ReadSingleBigEndian(Octets.Take(ref _rest, 4));
        if (MessagePackCode.TypeOf(code) != MessagePackType.Integer) throw MessagePackFailure.Expected("A float", code);
        long value = MessagePackInteger.Read(code, ref _rest, out bool isHuge);
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
    public string? ReadString()
    {
        if (TryReadNil()) return null;
        Count();
        return TextValues.Decode(ReadUnchecked());
    }

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
        bool isShort = (code & 0xe0) == MessagePackCode.FixStr;
        return Octets.Take(ref _rest, isShort ? code & 0x1fu : MessagePackLength.OfString(code, ref _rest));
    }

    /// <summary>Reads binary data.</summary>
    public ReadOnlySpan<byte> ReadBinary() => Octets.Take(ref _rest, MessagePackLength.OfBinary(Next(), ref _rest));

    /// <summary>Reads the beginning of an array and returns how many values follow; call <see cref="End"/> after the last.</summary>
    public int ReadArrayHeader() => Enter(1, MessagePackLength.OfArray(Next(), ref _rest));

    /// <summary>Reads the beginning of a map and returns how many pairs of a key and a value follow; call <see cref="End"/> after the last.</summary>
    public int ReadMapHeader() => Enter(2, MessagePackLength.OfMap(Next(), ref _rest));

    /// <summary>Reads the beginning of a record, a map by name or an array by position, and returns how many members follow; call <see cref="End"/> after the last.</summary>
    /// <param name="isMap">Whether each value has its name before it.</param>
    public int ReadRecordHeader(out bool isMap)
    {
        ReadOnlySpan<byte> rest = _rest;
        if (!rest.IsEmpty && (rest[0] & 0xf0) == MessagePackCode.FixMap)
        {
            isMap = true;
            _rest = rest[1..];
            _owed--;
            return Enter(2, rest[0] & 0xfu);
        }

        isMap = NextType != MessagePackType.Array;
        return isMap ? ReadMapHeader() : ReadArrayHeader();
    }

    /// <summary>Passes over values that were read from <see cref="Rest"/>.</summary>
    /// <param name="rest">What is left after them.</param>
    /// <param name="values">How many values they were; keys count, too.</param>
    /// <param name="objects">How many of them may be objects.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(ReadOnlySpan<byte> rest, int values, int objects = 0)
    {
        _rest = rest;
        _owed -= values;
        if (objects > 0) Count(objects);
    }

    /// <summary>Counts what a shape is about to make; call it before each object other than a string, which counts itself.</summary>
    /// <param name="objects">How many objects.</param>
    /// <exception cref="EncodingException">The body holds more than are allowed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long objects = 1)
    {
        _objects -= objects;
        if (_objects < 0) throw MessagePackFailure.TooManyObjects(_maxObjects);
    }

    /// <summary>Leaves the array or map entered last.</summary>
    public void End() => _depth--;

    /// <summary>Reads an extension's data.</summary>
    /// <param name="type">The extension's number; negative ones belong to the specification.</param>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        uint length = MessagePackLength.OfExtension(Next(), ref _rest);
        type = (sbyte)Octets.Unsigned(ref _rest, 1);
        return Octets.Take(ref _rest, length);
    }

    /// <summary>Reads the timestamp extension as UTC; nanoseconds below 100 are dropped.</summary>
    public DateTime ReadTimestamp()
    {
        if (NextType != MessagePackType.Extension) throw MessagePackFailure.Expected("A timestamp", _rest[0]);
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
        ReadOnlySpan<byte> from = _rest;
        Skip();
        return from[..^_rest.Length];
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next()
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.IsEmpty) throw MessagePackFailure.Truncated();
        _rest = rest[1..];
        _owed--;
        return rest[0];
    }

    private int Enter(int parts, uint count)
    {
        long owed = Math.Max(_owed, 0) + ((long)count * parts);
        if (owed > Remaining) throw MessagePackFailure.TooMany(count);
        if (_depth >= _maxDepth) throw MessagePackFailure.TooDeep(_maxDepth);
        _depth++;
        _owed = owed;
        return (int)count;
    }
}
