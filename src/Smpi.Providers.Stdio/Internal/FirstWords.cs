using System.Buffers;
using System.Text;

namespace Smpi;

/// <summary>The beginning of what a child writes to its standard output, kept until its hello is understood.</summary>
internal sealed class FirstWords
{
    private const int Size = 4 * 1024;
    private const int ShownLength = 120;

    // Control characters but for line ends, tabs and the escape that begins the colours of a console.
    private static readonly SearchValues<byte> NoText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static one => (byte)one).Except("\n\r\t\x1b"u8.ToArray())]);

    private readonly Lock _gate = new();
    private readonly byte[] _bytes = new byte[Size];
    private int _count;

    /// <summary>All that was kept, if it is text for people; empty otherwise.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, _count);
                int end = bytes.IndexOfAny(NoText);

                // A hello may come after the text, and begins in its last line.
                if (end >= 0) bytes = bytes[..(bytes[..end].LastIndexOf((byte)'\n') + 1)];

                // Other formats begin like this: whoever reads them says so.
                string text = Encoding.UTF8.GetString(bytes).Replace("\x1b", "", StringComparison.Ordinal).Trim();
                return text.StartsWith('{') || (text.StartsWith('[') && text.EndsWith(']')) || text.StartsWith("Content-", StringComparison.Ordinal) ? "" : text;
            }
        }
    }

    /// <summary>The first line.</summary>
    public string Line
    {
        get
        {
            string line = Text.Split('\n')[0].TrimEnd();
            return line.Length <= ShownLength ? line : line[..ShownLength] + "...";
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            bytes = bytes[..Math.Min(bytes.Length, Size - _count)];
            bytes.CopyTo(_bytes.AsSpan(_count));
            _count += bytes.Length;
        }
    }
}
