using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Writes MessagePack values, each in its smallest form.</summary>
/// <remarks>Written against the MessagePack specification. Call <see cref="Flush"/> after the last value. Allocates nothing.</remarks>
public ref struct MessagePackWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly int _maxDepth;

    // What is left of the span that the output gave, and how long that was.
    private Span<byte> _room;
    private int _given;
    private int _depth;

    /// <summary>Writes to an output.</summary>
    /// <param name="output">Where to append.</param>
    /// <param name="depth">How deep arrays and maps may be nested.</param>
    /// <param name="asArrays">Whether records are to be written as arrays; shapes of records ask for it.</param>
    public MessagePackWriter(IBufferWriter<byte> output, int depth = 64, bool asArrays = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _maxDepth = depth;
        AsArrays = asArrays;
    }

    /// <summary>Whether records are written as arrays of their members instead of maps by name.</summary>
    public bool AsArrays { get; }

    /// <summary>Hands what was written to the output.</summary>
    public void Flush()
    {
        int written = _given - _room.Length;
        if (written > 0) _output.Advance(written);
        _room = default;
        _given = 0;
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => Octet(MessagePackCode.Nil);

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => Octet(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value.</param>
    public void Write(long value) => _room = MessagePackSpans.Put(Room(MessagePackSpans.MostOfNumber), value);

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value.</param>
    public void Write(ulong value) => _room = MessagePackSpans.Put(Room(MessagePackSpans.MostOfNumber), value);

    /// <summary>Writes a float of 32 bits.</summary>
    /// <param name="value">The value.</param>
    public void Write(float value) => _room = MessagePackSpans.Put(Room(MessagePackSpans.MostOfNumber), value);

    /// <summary>Writes a float of 64 bits.</summary>
    /// <param name="value">The value.</param>
    public void Write(double value) => _room = MessagePackSpans.Put(Room(MessagePackSpans.MostOfNumber), value);

    /// <summary>Writes a string, or nil for null.</summary>
    /// <param name="value">The value; lone surrogates are refused.</param>
    public void Write(string? value)
    {
        if (value is null) WriteNil();
        else Write(value.AsSpan());
    }

    /// <summary>Writes a string.</summary>
    /// <param name="value">The value; lone surrogates are refused.</param>
    /// <exception cref="EncodingException">The text is not valid UTF-16.</exception>
    public void Write(scoped ReadOnlySpan<char> value)
    {
        if (value.Length > byte.MaxValue || !TryWriteAscii(value)) WriteCounted(value);
    }

    /// <summary>Writes a string that is UTF-8 already.</summary>
    /// <param name="value">Valid UTF-8; not checked.</param>
    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        StringHeader(value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes binary data.</summary>
    /// <param name="value">The data.</param>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue) Coded(MessagePackCode.Bin8, (byte)value.Length);
        else if (value.Length <= ushort.MaxValue) Coded(MessagePackCode.Bin16, (ushort)value.Length);
        else Coded(MessagePackCode.Bin32, (uint)value.Length);
        WriteRaw(value);
    }

    /// <summary>Begins an array; write its values, then call <see cref="End"/>.</summary>
    /// <param name="count">How many values follow.</param>
    public void WriteArrayHeader(int count)
    {
        Enter(count);
        if (count < 16) Octet((byte)(MessagePackCode.FixArray | count));
        else if (count <= ushort.MaxValue) Coded(MessagePackCode.Array16, (ushort)count);
        else Coded(MessagePackCode.Array32, (uint)count);
    }

    /// <summary>Begins a map; write a key and a value for each pair, then call <see cref="End"/>.</summary>
    /// <param name="count">How many pairs follow.</param>
    public void WriteMapHeader(int count)
    {
        Enter(count);
        if (count < 16) Octet((byte)(MessagePackCode.FixMap | count));
        else if (count <= ushort.MaxValue) Coded(MessagePackCode.Map16, (ushort)count);
        else Coded(MessagePackCode.Map32, (uint)count);
    }

    /// <summary>Leaves the array or map entered last.</summary>
    public void End() => _depth--;

    /// <summary>Writes an extension.</summary>
    /// <param name="type">The extension's number; negative ones belong to the specification.</param>
    /// <param name="data">Its data.</param>
    public void WriteExtension(sbyte type, scoped ReadOnlySpan<byte> data)
    {
        switch (data.Length)
        {
            case 1 or 2 or 4 or 8 or 16:
                Octet((byte)(MessagePackCode.FixExt1 + int.Log2(data.Length)));
                break;
            case <= byte.MaxValue:
                Coded(MessagePackCode.Ext8, (byte)data.Length);
                break;
            case <= ushort.MaxValue:
                Coded(MessagePackCode.Ext16, (ushort)data.Length);
                break;
            default:
                Coded(MessagePackCode.Ext32, (uint)data.Length);
                break;
        }

        Octet((byte)type);
        WriteRaw(data);
    }

    /// <summary>Writes a time as the timestamp extension.</summary>
    /// <param name="value">The time; local times are converted to UTC, times of no kind are taken as UTC.</param>
    public void WriteTimestamp(DateTime value)
    {
        Span<byte> data = stackalloc byte[MessagePackTimestamp.MaxLength];
        DateTime utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        WriteExtension(MessagePackCode.Timestamp, data[..MessagePackTimestamp.Write(utc, data)]);
    }

    /// <summary>Room for plain values; <see cref="Leave"/> says what is left of it.</summary>
    /// <param name="octets">How many octets will be written at most.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int octets) => Room(octets);

    /// <summary>Ends what <see cref="Reserve"/> began.</summary>
    /// <param name="room">What is left of the room.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(Span<byte> room) => _room = room;

    /// <summary>Appends octets as they are: values encoded earlier.</summary>
    /// <remarks>A span of constant length, such as an encoded key, is copied without a loop.</remarks>
    /// <param name="encoded">Whole values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        Span<byte> room = Room(encoded.Length);
        encoded.CopyTo(room);
        _room = room[encoded.Length..];
    }

    private bool TryWriteAscii(scoped ReadOnlySpan<char> value)
    {
        Span<byte> room = Room(2 + value.Length);
        int octets = MessagePackText.WriteAscii(room, value);
        _room = room[octets..];
        return octets > 0;
    }

    private void WriteCounted(scoped ReadOnlySpan<char> value)
    {
        int length = MessagePackText.Count(value);
        Span<byte> room = Room(MessagePackSpans.MostOfNumber + length);
        _room = room[MessagePackText.WriteCounted(room, value, length)..];
    }

    private void StringHeader(int length)
    {
        Span<byte> room = Room(MessagePackSpans.MostOfNumber);
        _room = room[MessagePackText.WriteHeader(room, length)..];
    }

    private void Enter(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_depth >= _maxDepth) throw MessagePackFailure.TooDeep(_maxDepth);
        _depth++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int length)
    {
        Span<byte> room = _room;
        return room.Length < length ? Grow(length) : room;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Grow(int length)
    {
        Flush();
        Span<byte> room = _output.GetSpan(Math.Max(length, 256));
        if (room.Length < length) throw new InvalidOperationException($"{_output.GetType().Name} gave {room.Length} octets where {length} were asked for.");
        _given = room.Length;
        return _room = room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Octet(byte value)
    {
        Span<byte> room = Room(1);
        room[0] = value;
        _room = room[1..];
    }

    private void Coded(byte code, byte value)
    {
        Span<byte> room = Room(MessagePackSpans.MostOfNumber);
        _room = room[Octets.Put(room, code, value)..];
    }

    private void Coded(byte code, ushort value)
    {
        Span<byte> room = Room(MessagePackSpans.MostOfNumber);
        _room = room[Octets.Put(room, code, value)..];
    }

    private void Coded(byte code, uint value)
    {
        Span<byte> room = Room(MessagePackSpans.MostOfNumber);
        _room = room[Octets.Put(room, code, value)..];
    }
}
