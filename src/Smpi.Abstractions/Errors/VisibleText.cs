using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Smpi;

/// <summary>Text of a peer in a form that cannot move a cursor, forge a line of a log or turn text around.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VisibleText
{
    private static readonly SearchValues<char> _hidden = SearchValues.Create(Hidden());

    /// <summary>The text with every control character and every control of direction escaped, such as <c>\n</c> or <c>\u001b</c>;
    /// the same object when there is none.</summary>
    /// <param name="text">What a peer sent.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.AsSpan().IndexOfAny(_hidden);
        return at < 0 ? text : Escape(text, at);
    }

    private static string Escape(string text, int start)
    {
        var visible = new StringBuilder(text, 0, start, text.Length + 32);
        foreach (char one in text.AsSpan(start))
        {
            if (one == '\n') visible.Append("\\n");
            else if (one == '\r') visible.Append("\\r");
            else if (one == '\t') visible.Append("\\t");
            else if (_hidden.Contains(one)) visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}");
            else visible.Append(one);
        }

        return visible.ToString();
    }

    // C0 and C1, the separators of lines and paragraphs, embeddings and overrides of direction, and isolates.
    private static char[] Hidden() =>
    [
        .. Range('\0', '\u001f'), .. Range('\u007f', '\u009f'), .. Range('\u2028', '\u202e'), .. Range('\u2066', '\u2069'),
    ];

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
