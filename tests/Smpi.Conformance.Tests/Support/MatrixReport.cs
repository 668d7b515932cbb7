using System.Collections.Concurrent;
using System.Text;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Smpi.Conformance.Tests;

/// <summary>The results of the matrix as one table: a row for each protocol, a column for each encoding on each loop, the number of cases that passed.</summary>
/// <param name="sink">Where the table is printed.</param>
public sealed class MatrixReport(IMessageSink sink)
{
    private readonly ConcurrentDictionary<(string Protocol, string Encoding, string Loop), int> _cells = new();

    /// <summary>Notes what one combination passed.</summary>
    public void Passed(string protocol, string encoding, string loop, int cases) => _cells[(protocol, encoding, loop)] = cases;

    /// <summary>Prints the table and returns it.</summary>
    public string Print()
    {
        (string Encoding, string Loop)[] columns = [.. from encoding in Combinations.Encodings.Keys from loop in Loops.All.Keys select (encoding, loop)];
        var table = new StringBuilder();
        Line(table, "protocol", columns.Select(column => $"{column.Encoding} / {column.Loop}"));
        Line(table, "---", columns.Select(_ => "---"));
        foreach (string protocol in Combinations.Protocols)
        {
            Line(table, protocol, columns.Select(column => _cells.TryGetValue((protocol, column.Encoding, column.Loop), out int cases) ? $"{cases}" : "FAILED"));
        }

        foreach (string line in table.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) sink.OnMessage(new DiagnosticMessage(line));
        return table.ToString();
    }

    private static void Line(StringBuilder table, string first, IEnumerable<string> rest) => table.Append("| ").Append(first).Append(" | ").AppendJoin(" | ", rest).Append(" |\n");
}
