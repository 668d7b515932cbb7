namespace Smpi;

/// <summary>The subjects that the peer has numbered. The same number gives the same string.</summary>
internal sealed class SubjectsIn(int nameSize)
{
    private string?[] _names = [];
    private int _count;

    /// <summary>Takes a subject; null when its name is longer than this side takes.</summary>
    public string? Read(ref FrameCursor cursor)
    {
        ulong number = cursor.Varint();
        if (number == 0) return Define(ref cursor);
        return number <= (ulong)_count ? _names[(int)number - 1] : throw FrameCursor.Broken($"the number {number} of a subject that it has not defined");
    }

    /// <summary>The subject of a number; null when it has none, or none that this side takes.</summary>
    public string? Find(ulong number) => number - 1 < (ulong)_count ? _names[(int)number - 1] : null;

    private string? Define(ref FrameCursor cursor)
    {
        int length = cursor.Length("a subject");
        string? name = length <= nameSize ? cursor.Utf(length, "a subject") : null;
        if (name is null) cursor.Octets(length);
        if (_count == Bounds.Subjects) return name;

        // A refused name takes its number too: its sender counts it.
        if (_count == _names.Length) Array.Resize(ref _names, Math.Max(_count * 2, 2));
        _names[_count++] = name;
        return name;
    }
}
