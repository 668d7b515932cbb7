using System.Globalization;

namespace Smpi;

/// <summary>The id of a call, unique among the open calls of the side that made it: a number, or the text of a foreign peer.</summary>
public readonly struct MessageId : IEquatable<MessageId>
{
    private static readonly string NumberMarker = new('#', 1);

    private readonly string? _text;
    private readonly ulong _number;

    /// <summary>Makes a numeric id.</summary>
    /// <param name="number">Any number; zero is a valid id.</param>
    public MessageId(ulong number)
    {
        _number = number;
        _text = NumberMarker;
    }

    /// <summary>Makes an id from a peer's text, which is kept as it is.</summary>
    /// <param name="text">The text; may be empty.</param>
    public MessageId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
    }

    /// <summary>True when there is no id, as in events.</summary>
    public bool IsNone => _text is null;

    /// <summary>True when the id is a number.</summary>
    public bool IsNumber => ReferenceEquals(_text, NumberMarker);

    /// <summary>The number of a numeric id; zero for others.</summary>
    public ulong Number => _number;

    /// <summary>The text of a textual id; null for others.</summary>
    public string? Text => IsNumber ? null : _text;

    /// <summary>Compares two ids.</summary>
    public static bool operator ==(MessageId left, MessageId right) => left.Equals(right);

    /// <summary>Compares two ids.</summary>
    public static bool operator !=(MessageId left, MessageId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MessageId other) => _number == other._number
        && (ReferenceEquals(_text, other._text) || (!IsNumber && !other.IsNumber && string.Equals(_text, other._text, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MessageId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsNumber ? _number.GetHashCode() : _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The id as text: a number in decimal, a peer's text unchanged, nothing for none.</summary>
    public override string ToString() => IsNumber ? _number.ToString(CultureInfo.InvariantCulture) : _text ?? string.Empty;
}
