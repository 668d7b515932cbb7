using System.Runtime.CompilerServices;

namespace Smpi.Conformance.Tests;

/// <summary>The page of the matrix in the documentation.</summary>
internal static class MatrixPage
{
    private const string Begin = "<!-- matrix -->\n";
    private const string End = "<!-- end of matrix -->\n";

    /// <summary>Whether the page has this table; writes it first where SMPI_UPDATE_DOCS is 1.</summary>
    public static bool Has(string table)
    {
        string path = Find(), text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        if (text[from..to] == table) return true;
        if (Environment.GetEnvironmentVariable("SMPI_UPDATE_DOCS") != "1") return false;
        File.WriteAllText(path, text[..from] + table + text[to..]);
        return true;
    }

    private static string Find([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "matrix.md");
}
