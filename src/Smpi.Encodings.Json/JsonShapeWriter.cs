using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Smpi;

/// <summary>Writes JSON for a <see cref="JsonShape{T}"/>, without white space. Allocates nothing for plain text.</summary>
/// <remarks>What returns false leaves the rest to the serializer: the value is too deep, a number is not finite, or a text is none.</remarks>
public ref struct JsonShapeWriter
{
    // The longest forms are those of decimal and of Guid with its quotes.
    private const int LongestNumber = 32;
    private const int LongestToken = 40;
    private const int LeastRoom = 256;
    private const int MostAtOnce = 4096;

    private readonly IBufferWriter<byte> _output;
    private readonly int _maxDepth;

    // What is left of the span that the output gave, and how long that was.
    private Span<byte> _room;
    private int _given;
    private int _depth;

    internal JsonShapeWriter(IBufferWriter<byte> output, int depth)
    {
        _output = output;
        _maxDepth = depth;
    }

    /// <summary>How many octets the output has got already.</summary>
    internal long Advanced { get; private set; }

    /// <summary>Begins an object.</summary>
    /// <param name="first">The brace and the name of the first member with its colon, such as <c>{"id":</c>.</param>
    public bool TryBegin(scoped ReadOnlySpan<byte> first)
    {
        if (!TryDeepen()) return false;
        return TryWriteName(first);
    }

    /// <summary>Appends the name of a further member.</summary>
    /// <param name="name">The comma, the name and the colon, such as <c>,"id":</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWriteName(scoped ReadOnlySpan<byte> name)
    {
        name.CopyTo(Room(name.Length));
        _room = _room[name.Length..];
        return true;
    }

    /// <summary>Ends an object.</summary>
    public bool TryEnd()
    {
        _depth--;
        Octet((byte)'}');
        return true;
    }

    /// <summary>Appends null.</summary>
    public bool TryWriteNull() => TryWriteName("null"u8);

    /// <summary>Appends a truth value.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(bool value) => TryWriteName(value ? "true"u8 : "false"u8);

    /// <summary>Appends an integer.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(long value)
    {
        Span<byte> room = Room(LongestNumber);
        if ((ulong)value < 10)
        {
            room[0] = (byte)('0' + value);
            _room = room[1..];
            return true;
        }

        Utf8Formatter.TryFormat(value, room, out int written);
        _room = room[written..];
        return true;
    }

    /// <summary>Appends an integer.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(ulong value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out int written);
        _room = _room[written..];
        return true;
    }

    /// <summary>Appends a number.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(double value)
    {
        if (!double.IsFinite(value)) return false;
        Span<byte> room = Room(LongestNumber);
        if (!ShortNumber.TryFormat(value, room, out int written)) Utf8Formatter.TryFormat(value, room, out written);
        _room = room[written..];
        return true;
    }

    /// <summary>Appends a number.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(float value)
    {
        if (!float.IsFinite(value)) return false;
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out int written);
        _room = _room[written..];
        return true;
    }

    /// <summary>Appends a number.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(decimal value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out int written);
        _room = _room[written..];
        return true;
    }

    /// <summary>Appends a text of 36 characters.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(Guid value) => TryQuote(Utf8Formatter.TryFormat(value, Room(LongestToken)[1..], out int written), written);

    /// <summary>Appends a time by ISO 8601, with as many digits as it has.</summary>
    /// <param name="value">The value.</param>
    public bool TryWrite(DateTime value) => TryQuote(Utf8Formatter.TryFormat(value, Room(LongestToken)[1..], out int written, 'O'), TimeText.Trim(_room[1..], written));

    /// <inheritdoc cref="TryWrite(DateTime)"/>
    public bool TryWrite(DateTimeOffset value) => TryQuote(Utf8Formatter.TryFormat(value, Room(LongestToken)[1..], out int written, 'O'), TimeText.Trim(_room[1..], written));

    /// <summary>Appends a text, or null.</summary>
    /// <param name="value">The text.</param>
    public bool TryWrite(string? value)
    {
        if (value is null) return TryWriteNull();
        if (value.Length <= MostAtOnce)
        {
            Span<byte> room = Room(value.Length + 2);
            Span<byte> text = room.Slice(1, value.Length);
            if (Ascii.FromUtf16(value, text, out _) == OperationStatus.Done && PlainText.Is(text))
            {
                room[0] = room[value.Length + 1] = (byte)'"';
                _room = room[(value.Length + 2)..];
                return true;
            }
        }

        return TryWriteEscaped(value);
    }

    internal bool TryBeginArray()
    {
        if (!TryDeepen()) return false;
        Octet((byte)'[');
        return true;
    }

    internal void WriteComma() => Octet((byte)',');

    internal void EndArray()
    {
        _depth--;
        Octet((byte)']');
    }

    /// <summary>Hands what was written to the output.</summary>
    internal void Flush()
    {
        int written = _given - _room.Length;
        if (written > 0)
        {
            _output.Advance(written);
            Advanced += written;
        }

        _room = default;
        _given = 0;
    }

    private bool TryWriteEscaped(string value)
    {
        char[]? rented = PlainText.TryEscape(value, out ReadOnlySpan<char> text);
        try
        {
            if (text.Length > PlainText.Longest) return false;
            Span<byte> room = Room((text.Length * 3) + 2);
            if (System.Text.Unicode.Utf8.FromUtf16(text, room[1..], out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done) return false;
            room[0] = room[written + 1] = (byte)'"';
            _room = room[(written + 2)..];
            return true;
        }
        finally
        {
            if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        }
    }

    // What may stand at the last level depends on how the serializer was made.
    private bool TryDeepen() => ++_depth < _maxDepth;

    private bool TryQuote(bool isFormatted, int length)
    {
        _room[0] = _room[length + 1] = (byte)'"';
        _room = _room[(length + 2)..];
        return isFormatted;
    }

    private void Octet(byte octet)
    {
        Room(1)[0] = octet;
        _room = _room[1..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int count)
    {
        if (_room.Length < count) More(count);
        return _room;
    }

    private void More(int count)
    {
        Flush();
        _room = _output.GetSpan(Math.Max(count, LeastRoom));
        _given = _room.Length;
    }
}
