namespace Smpi.Repository.Tests;

/// <summary>Parts of compiled files that documents quote: what stands between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>.</summary>
internal static class Code
{
    /// <summary>The lines of a part, without the indentation that they share.</summary>
    /// <param name="source">A path from the root and the part's name, such as <c>samples/Provider/NaiveProtocol.cs#naive</c>; without a name the whole file.</param>
    public static string Region(string source)
    {
        string[] parts = source.Split('#');
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, parts[0]));
        if (parts.Length > 1)
        {
            int start = Array.FindIndex(lines, line => line.Trim() == $"// <{parts[1]}>");
            int end = Array.FindIndex(lines, line => line.Trim() == $"// </{parts[1]}>");
            if (start < 0 || end < start) throw new InvalidOperationException($"'{source}' is quoted by a document and does not exist: add '// <{parts[1]}>' and '// </{parts[1]}>'.");
            lines = lines[(start + 1)..end];
        }

        int shared = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > shared ? line[shared..] : "") + "\n"));
    }
}
