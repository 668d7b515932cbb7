using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Smpi.Conformance.Tests;

/// <summary>Collects the results of the matrix and prints them as one table: a row for each protocol and encoding, a column for each loop.</summary>
public sealed class MatrixReport(IMessageSink sink) : IDisposable
{
    private readonly ConcurrentDictionary<(string Row, string Loop), string> _cells = new();

    public async Task RunAsync(string protocol, string encoding, string loop, Func<Task> core)
    {
        ArgumentNullException.ThrowIfNull(core);
        long start = Stopwatch.GetTimestamp();
        _cells[($"{protocol} + {encoding}", loop)] = "FAILED";
        await core();
        _cells[($"{protocol} + {encoding}", loop)] = $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms";
    }

    public void Dispose()
    {
        string[] loops = [.. Loops.All.Keys.Where(loop => _cells.Keys.Any(cell => cell.Loop == loop))];
        var table = new StringBuilder().AppendLine($"| combination | {string.Join(" | ", loops)} |").AppendLine($"|---{string.Concat(loops.Select(_ => "|---"))}|");
        foreach (IGrouping<string, (string Row, string Loop)> row in _cells.Keys.GroupBy(cell => cell.Row).OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            table.AppendLine($"| {row.Key} | {string.Join(" | ", loops.Select(loop => _cells.GetValueOrDefault((row.Key, loop), "-")))} |");
        }

        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "conformance-matrix.md"), table.ToString());
        foreach (string line in table.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)) sink.OnMessage(new DiagnosticMessage(line));
    }
}
