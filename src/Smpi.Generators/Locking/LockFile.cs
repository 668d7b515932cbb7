using System.Globalization;

namespace Smpi.Generators;

/// <summary>A parsed <c>smpi.lock</c>: the numbers that were committed.</summary>
/// <remarks>
/// One line for each field, <c>Type.Member = number type</c>, and one for the numbers of what was removed, <c>reserved Type = 3, 4</c>.
/// Lines that are empty or begin with <c>#</c> mean nothing.
/// </remarks>
internal sealed class LockFile : IEquatable<LockFile>
{
    private const string Reserved = "reserved ";

    private readonly Dictionary<string, Dictionary<string, LockedField>> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<int>> _reserved = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];
    private readonly string _text;

    private LockFile(string text) => _text = text;

    /// <summary>The lines that say something.</summary>
    public string Lines => string.Join("\n", _text.Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0 && l[0] != '#'));

    /// <summary>The lines that say nothing.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public IEnumerable<string> Types => _fields.Keys.Concat(_reserved.Keys).Distinct();

    public static LockFile Parse(string text)
    {
        var file = new LockFile(text);
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#' && !file.TryAdd(line)) file._wrong.Add(line);
        }

        return file;
    }

    public IReadOnlyDictionary<string, LockedField> Fields(string type) => _fields.TryGetValue(type, out Dictionary<string, LockedField>? fields) ? fields : [];

    public IReadOnlyCollection<int> ReservedBy(string type) => _reserved.TryGetValue(type, out SortedSet<int>? numbers) ? numbers : (IReadOnlyCollection<int>)[];

    public bool Equals(LockFile? other) => other is not null && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as LockFile);

    public override int GetHashCode() => _text.GetHashCode();

    private bool TryAdd(string line)
    {
        int equal = line.IndexOf('=');
        if (equal < 0) return false;
        string left = line.Substring(0, equal).Trim(), right = line.Substring(equal + 1).Trim();
        if (left.StartsWith(Reserved, StringComparison.Ordinal))
        {
            string type = left.Substring(Reserved.Length).Trim();
            foreach (string part in right.Split(','))
            {
                if (!TryNumber(part, out int number)) return false;
                if (!_reserved.TryGetValue(type, out SortedSet<int>? numbers)) _reserved.Add(type, numbers = []);
                numbers.Add(number);
            }

            return true;
        }

        int dot = left.LastIndexOf('.'), space = right.IndexOf(' ');
        if (dot <= 0 || !TryNumber(space < 0 ? right : right.Substring(0, space), out int of)) return false;
        string owner = left.Substring(0, dot), member = left.Substring(dot + 1);
        if (!_fields.TryGetValue(owner, out Dictionary<string, LockedField>? fields)) _fields.Add(owner, fields = new(StringComparer.Ordinal));
        if (fields.ContainsKey(member)) return false;
        fields.Add(member, new LockedField(of, space < 0 ? "" : right.Substring(space + 1).Trim()));
        return true;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
