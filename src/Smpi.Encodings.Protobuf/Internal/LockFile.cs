using System;
using System.Collections.Generic;
using System.Globalization;

namespace Smpi;

/// <summary>The numbers that a <c>smpi.lock</c> keeps: lines <c>Type.Member = 3</c> and <c>reserved Type = 1, 2</c>; comments begin with <c>#</c>.</summary>
/// <remarks>Used by the encoding and by the generator, so it is written for netstandard2.0.</remarks>
internal sealed class LockFile
{
    private const string Reserved = "reserved ";

    private static readonly Dictionary<string, int> None = new Dictionary<string, int>();

    private readonly Dictionary<string, Dictionary<string, int>> _numbers = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _reserved = new Dictionary<string, List<int>>(StringComparer.Ordinal);

    /// <summary>Reads the text of a lock.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">A line cannot be read; the message has its number.</exception>
    public static LockFile Parse(string text)
    {
        var file = new LockFile();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#' && !file.Take(line)) throw new FormatException($"Line {i + 1} of the lock is no 'Type.Member = number' and no 'reserved Type = numbers': '{line}'.");
        }

        return file;
    }

    /// <summary>The numbers of a type's members.</summary>
    /// <param name="type">The type's name, with its namespace.</param>
    public IReadOnlyDictionary<string, int> NumbersOf(string type) => _numbers.TryGetValue(type, out Dictionary<string, int>? found) ? found : None;

    /// <summary>The numbers that no member of a type may have again.</summary>
    /// <param name="type">The type's name, with its namespace.</param>
    public IReadOnlyList<int> ReservedOf(string type) => _reserved.TryGetValue(type, out List<int>? found) ? found : (IReadOnlyList<int>)Array.Empty<int>();

    private static bool IsNumber(string text, out int number) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private bool Take(string line)
    {
        int sign = line.IndexOf('=');
        if (sign < 0) return false;
        string left = line.Substring(0, sign).Trim(), right = line.Substring(sign + 1);
        if (left.StartsWith(Reserved, StringComparison.Ordinal)) return TakeReserved(left.Substring(Reserved.Length).Trim(), right);
        int dot = left.LastIndexOf('.');
        if (dot <= 0 || dot == left.Length - 1 || !IsNumber(right, out int number)) return false;
        string type = left.Substring(0, dot);
        if (!_numbers.TryGetValue(type, out Dictionary<string, int>? members)) _numbers.Add(type, members = new Dictionary<string, int>(StringComparer.Ordinal));
        members[left.Substring(dot + 1)] = number;
        return true;
    }

    private bool TakeReserved(string type, string numbers)
    {
        if (!_reserved.TryGetValue(type, out List<int>? list)) _reserved.Add(type, list = new List<int>());
        foreach (string part in numbers.Split(','))
        {
            if (!IsNumber(part, out int number)) return false;
            list.Add(number);
        }

        return true;
    }
}
