using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>Header fields: ordered, multi-valued, names compared without regard to case.</summary>
/// <remarks>Names and values never hold CR, LF or NUL; <see cref="Add"/> refuses them, so a value cannot inject a header. Not safe for concurrent writers.</remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Headers is the field's word.")]
public sealed class Headers : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>The number of fields, repeated names counted each time.</summary>
    public int Count => _fields.Count;

    /// <summary>The first value of a name, or null. Setting replaces every field of the name; setting null removes them.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> field in _fields)
            {
                if (Same(field.Key, name)) return field.Value;
            }

            return null;
        }

        set
        {
            Remove(name);
            if (value is not null) Add(name, value);
        }
    }

    /// <summary>Appends a field, keeping earlier fields of the same name.</summary>
    /// <param name="name">The name: not empty, no colon, no CR, LF or NUL.</param>
    /// <param name="value">The value: no CR, LF or NUL.</param>
    /// <exception cref="ArgumentException">The name or the value holds a character that could end the field.</exception>
    public void Add(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.AsSpan().IndexOfAny("\r\n\0:") >= 0) throw new ArgumentException($"The header name '{Printable(name)}' holds a colon or a control character.", nameof(name));
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) throw new ArgumentException($"The value of header '{name}' holds a line break or NUL.", nameof(value));
        _fields.Add(new(name, value));
    }

    /// <summary>Removes every field of a name.</summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <returns>True when at least one field was removed.</returns>
    public bool Remove(string name) => _fields.RemoveAll(field => Same(field.Key, name)) > 0;

    /// <summary>All values of a name, in order.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public IReadOnlyList<string> GetAll(string name) => [.. _fields.Where(field => Same(field.Key, name)).Select(field => field.Value)];

    /// <summary>A copy that can be changed without changing this one.</summary>
    public Headers Clone()
    {
        var copy = new Headers();
        copy._fields.AddRange(_fields);
        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Printable(string text) => text.Replace('\r', '?').Replace('\n', '?').Replace('\0', '?');
}
