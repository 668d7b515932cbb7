using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Smpi;

/// <summary>Reads JSON for a <see cref="JsonShape{T}"/>: members in their order, with or without white space.</summary>
/// <remarks>What returns false leaves the whole body to the serializer, be it an error or only another form; the reader is of no more use then.</remarks>
public ref struct JsonShapeReader
{
    private readonly int _maxDepth;
    private ReadOnlySpan<byte> _rest;
    private int _depth;
    private int _objects;

    internal JsonShapeReader(ReadOnlySpan<byte> body, int depth, int objects = int.MaxValue)
    {
        _objects = objects;
        _rest = body;
        _maxDepth = depth;
    }

    /// <summary>Whether nothing follows.</summary>
    internal bool IsAtEnd => _rest.IsEmpty || Spaceless().IsEmpty;

    /// <summary>Begins an object.</summary>
    /// <param name="first">The brace and the name of the first member with its colon, such as <c>{"id":</c>.</param>
    public bool TryBegin(scoped ReadOnlySpan<byte> first)
    {
        if (_depth >= _maxDepth || --_objects < 0) return false;
        _depth++;
        return TryReadName(first);
    }

    /// <summary>Reads the name of a further member.</summary>
    /// <param name="name">The comma, the name and the colon, such as <c>,"id":</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadName(scoped ReadOnlySpan<byte> name)
    {
        if (!_rest.StartsWith(name)) return TryReadSpacedName(name);
        _rest = _rest[name.Length..];
        return true;
    }

    /// <summary>Ends an object.</summary>
    public bool TryEnd()
    {
        _depth--;
        return TryReadSign((byte)'}');
    }

    /// <summary>Reads null.</summary>
    public bool TryReadNull()
    {
        if (_rest.IsEmpty || _rest[0] != (byte)'n' || !_rest.StartsWith("null"u8)) return false;
        _rest = _rest[4..];
        return true;
    }

    /// <summary>Reads a truth value.</summary>
    /// <param name="value">The value.</param>
    public bool TryRead(out bool value)
    {
        value = _rest.StartsWith("true"u8);
        if (!value && !_rest.StartsWith("false"u8)) return false;
        _rest = _rest[(value ? 4 : 5)..];
        return true;
    }

    /// <summary>Reads an integer.</summary>
    /// <param name="value">The value.</param>
    public bool TryRead(out byte value)
    {
        bool isRead = TryRead(out long number) && number is >= 0 and <= byte.MaxValue;
        value = (byte)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out sbyte value)
    {
        bool isRead = TryRead(out long number) && number is >= sbyte.MinValue and <= sbyte.MaxValue;
        value = (sbyte)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out short value)
    {
        bool isRead = TryRead(out long number) && number is >= short.MinValue and <= short.MaxValue;
        value = (short)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out ushort value)
    {
        bool isRead = TryRead(out long number) && number is >= 0 and <= ushort.MaxValue;
        value = (ushort)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out int value)
    {
        bool isRead = TryRead(out long number) && number is >= int.MinValue and <= int.MaxValue;
        value = (int)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out uint value)
    {
        bool isRead = TryRead(out long number) && number is >= 0 and <= uint.MaxValue;
        value = (uint)number;
        return isRead;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out long value)
    {
        bool isNegative = !_rest.IsEmpty && _rest[0] == (byte)'-';
        int length = NumberText.Integer(isNegative ? _rest[1..] : _rest, out ulong digits);
        value = isNegative ? -(long)digits : (long)digits;

        // Minus zero is left to the serializer.
        if (length == 0 || (isNegative ? digits - 1 > long.MaxValue : digits > long.MaxValue)) return false;
        _rest = _rest[(isNegative ? length + 1 : length)..];
        return true;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out ulong value)
    {
        int length = NumberText.Integer(_rest, out value);
        _rest = _rest[length..];
        return length > 0;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="value">The value; finite.</param>
    public bool TryRead(out double value)
    {
        int length = NumberText.Length(_rest, out ulong digits, out int places);
        ReadOnlySpan<byte> number = _rest[..length];
        _rest = _rest[length..];
        if (places < 0 || !ShortNumber.TryDivide(digits, places, out value))
            return Utf8Parser.TryParse(number, out value, out int parsed) && parsed == length && double.IsFinite(value);
        if (number[0] == (byte)'-') value = -value;
        return true;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="value">The value; finite.</param>
    public bool TryRead(out float value)
    {
        int length = NumberText.Length(_rest, out ulong digits, out int places);
        ReadOnlySpan<byte> number = _rest[..length];
        _rest = _rest[length..];
        if (places < 0 || !ShortNumber.TryDivide(digits, places, out value))
            return Utf8Parser.TryParse(number, out value, out int parsed) && parsed == length && float.IsFinite(value);
        if (number[0] == (byte)'-') value = -value;
        return true;
    }

    /// <inheritdoc cref="TryRead(out byte)"/>
    public bool TryRead(out decimal value)
    {
        value = 0;
        return TryReadToken(NumberText.Length(_rest, out _, out _), out Utf8JsonReader token) && token.TryGetDecimal(out value);
    }

    /// <summary>Reads a value that is a text.</summary>
    /// <param name="value">The value.</param>
    public bool TryRead(out Guid value)
    {
        value = default;
        return TryReadToken(JsonReaders.LengthOfText(_rest, 1), out Utf8JsonReader token) && token.TryGetGuid(out value);
    }

    /// <inheritdoc cref="TryRead(out Guid)"/>
    public bool TryRead(out DateTime value)
    {
        value = default;
        return TryReadToken(JsonReaders.LengthOfText(_rest, 1), out Utf8JsonReader token) && token.TryGetDateTime(out value);
    }

    /// <inheritdoc cref="TryRead(out Guid)"/>
    public bool TryRead(out DateTimeOffset value)
    {
        value = default;
        return TryReadToken(JsonReaders.LengthOfText(_rest, 1), out Utf8JsonReader token) && token.TryGetDateTimeOffset(out value);
    }

    /// <summary>Reads a text or null.</summary>
    /// <param name="value">The text.</param>
    public bool TryRead(out string? value)
    {
        value = null;
        if (_rest.IsEmpty || _rest[0] != (byte)'"') return TryReadNull();
        if (--_objects < 0) return false;
        ReadOnlySpan<byte> text = _rest[1..];
        int end = PlainText.EndOf(text);
        if (end < 0) return false;
        if (text[end] != (byte)'"')
        {
            if (!TryReadToken(JsonReaders.LengthOfText(_rest, end + 1), out Utf8JsonReader token)) return false;
            value = token.GetString();
            return true;
        }

        value = Encoding.Latin1.GetString(text[..end]);
        _rest = text[(end + 1)..];
        return true;
    }

    internal bool TryBeginArray()
    {
        if (_depth >= _maxDepth || --_objects < 0) return false;
        _depth++;
        return TryReadSign((byte)'[');
    }

    /// <summary>Reads a comma between items, and the white space around it.</summary>
    internal bool TryReadComma()
    {
        if (!TryReadSign((byte)',')) return false;
        Spaceless();
        return true;
    }

    internal bool TryEndArray()
    {
        if (!TryReadSign((byte)']')) return false;
        _depth--;
        return true;
    }

    // The framework's reader knows what a text, a time or a long number is.
    private bool TryReadToken(int length, out Utf8JsonReader token)
    {
        token = new Utf8JsonReader(_rest[..length]);
        _rest = _rest[length..];
        return length > 0 && token.Read();
    }

    // Another white space than none.
    private bool TryReadSpacedName(scoped ReadOnlySpan<byte> name)
    {
        if (!TryReadSign(name[0])) return false;
        if (name.Length == 1) return true;
        ReadOnlySpan<byte> quoted = name[1..^1];
        if (!Spaceless().StartsWith(quoted)) return false;
        _rest = _rest[quoted.Length..];
        if (!TryReadSign((byte)':')) return false;
        Spaceless();
        return true;
    }

    private bool TryReadSign(byte sign)
    {
        if ((_rest.IsEmpty || _rest[0] != sign) && (Spaceless().IsEmpty || _rest[0] != sign)) return false;
        _rest = _rest[1..];
        return true;
    }

    private ReadOnlySpan<byte> Spaceless() => _rest = _rest.TrimStart(" \t\r\n"u8);
}
