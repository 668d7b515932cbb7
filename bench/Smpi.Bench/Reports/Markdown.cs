using System.Globalization;
using System.Text;

namespace Smpi.Bench;

/// <summary>A report to read.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();
    private readonly Report _report;

    private Markdown(Report report) => _report = report;

    public static string Make(Report report)
    {
        var markdown = new Markdown(report);
        markdown.Head();
        markdown.Aims();
        markdown.Limits();
        foreach (IGrouping<string, Result> kind in report.Results.Where(result => result.Workload is { IsLimit: false, Point: null } && result.Workload.Kind != "codec alone").GroupBy(result => result.Workload.Kind))
        {
            markdown.Kind(kind.Key, [.. kind]);
        }

        markdown.Findings();
        markdown.Plots();
        markdown.Failures();
        return markdown._text.ToString();
    }

    private void Head()
    {
        Line($"{_report.Date}; {_report.Machine}; {_report.Options.Rounds} rounds of {_report.Options.Time.TotalSeconds:0.##} s, each wire interleaved with its limits; the run took {_report.Duration.TotalSeconds:0} s{(_report.Options.Quick ? " (quick)" : "")}.");
        Line($"");
        Line($"The base, called tcp below, is typed records as MessagePack by generated shapes, in the native format over TCP; every other row says what differs from it.");
        Line($"");
    }

    private void Aims()
    {
        Line($"### Targets");
        Line($"");
        Line($"| target | wanted | found | |");
        Line($"|---|---:|---:|---|");
        foreach (Target target in new Targets(_report).Judge()) Line($"| {target.What} | {target.Wanted} | {target.Found} | {target.Verdict} |");
        Line($"");
    }

    private void Limits()
    {
        Line($"### The machine's own limit");
        Line($"");
        Line($"| limit | per second (min - max) | p50 / p99 / p99.9 of a batch | CPU, both |");
        Line($"|---|---:|---:|---:|");
        foreach (Result result in _report.Results.Where(result => result.Ran && result.Workload.Point is null && (result.Workload.IsLimit || result.Workload.Kind == "codec alone")))
        {
            string name = result.Workload.Kind == "codec alone" ? $"codec alone, {result.Workload.Wire!.Encoding}" : result.Workload.Name;
            Line($"| {name} | {Rate(result)} | {Tail(result)} | {result.Median(round => round.Cpu):0.00} us |");
        }

        Line($"");
    }

    private void Kind(string kind, Result[] results)
    {
        results = [.. results.Where(result => result.Ran || result.Missing is not null)];
        if (results.Length == 0) return;
        Line($"### {char.ToUpperInvariant(kind[0])}{kind[1..]}");
        Line($"");
        Line($"| over | per second (min - max) | of the limit | p50 / p99 / p99.9 | allocated, client / server | library's own | CPU s for a million: client user + system / server user + system |");
        Line($"|---|---:|---:|---:|---:|---:|---:|");
        foreach (Result result in results)
        {
            string label = result.Workload.Label is { Length: > 0 } text ? text : "tcp";
            if (result.Missing is { } sentence)
            {
                Line($"| {label} | {sentence} | | | | | |");
                continue;
            }

            bool known = result.Workload.Peer is null;
            bool together = result.Workload.Wire is { } wire && Dimensions.Protocol(wire.Protocol).InProcess;
            string ratio = result.OfLimit is { } found ? Ratio(found) : "";
            string allocated = !known ? "" : together ? Text($"{result.Median(round => round.ClientOctets):0} B") : Text($"{result.Median(round => round.ClientOctets):0} / {result.Median(round => round.ServerOctets):0} B");
            string own = together || !known ? "" : Text($"{result.OwnClient:0} / {result.OwnServer:0} B");
            string cpu = Text($"{result.Median(round => round.ClientUser):0.00} + {result.Median(round => round.ClientSystem):0.00}");
            if (!together) cpu += Text($" / {result.Median(round => round.ServerUser):0.00} + {result.Median(round => round.ServerSystem):0.00}");
            string encodings = result.Encodings is { } many ? Text($"; {many:0.##} encodings for an event") : "";
            Line($"| {label}{encodings} | {Rate(result)} | {ratio} | {Tail(result)} | {allocated} | {own} | {cpu} |");
        }

        Line($"");
    }

    private void Findings()
    {
        foreach (IGrouping<string, Finding> probe in _report.Findings.GroupBy(finding => finding.Probe))
        {
            Line($"### {char.ToUpperInvariant(probe.Key[0])}{probe.Key[1..]}");
            Line($"");
            Line($"| what | value | |");
            Line($"|---|---:|---|");
            foreach (Finding finding in probe) Line($"| {finding.What} | {(double.IsNaN(finding.Value) ? "" : Text($"{finding.Value:0.##} {finding.Unit}"))} | {finding.Note} |");
            Line($"");
        }
    }

    private void Plots()
    {
        foreach (IGrouping<string, Result> plot in _report.Results.Where(result => result.Workload.Point is not null && result.Ran).GroupBy(result => result.Workload.Point!.Plot))
        {
            Line($"### How the cost grows with {plot.Key}");
            Line($"");
            if (_report.Options.Record) Line($"![Processor time for a call against {plot.Key}](results/{Recorder.FileOf(plot.Key)})");
            if (_report.Options.Record) Line($"");
            Line($"| {plot.Key} | series | CPU of both sides for an operation | per second (min - max) |");
            Line($"|---:|---|---:|---:|");
            foreach (Result result in plot) Line($"| {result.Workload.Point!.X:N0} | {result.Workload.Point.Series} | {result.Median(round => round.Cpu):0.00} us | {Rate(result)} |");
            Line($"");
        }
    }

    private void Failures()
    {
        foreach (Result result in _report.Results.Where(result => result.Failure is not null)) Line($"- failed {result.Workload.Name}: {result.Failure}");
    }

    // Two digits that say something.
    private static string Ratio(double ratio) => ratio >= 0.1 ? Text($"{ratio:0.00}") : ratio >= 0.01 ? Text($"{ratio:0.000}") : Text($"{ratio:0.0000}");

    private static string Rate(Result result)
    {
        double[] rates = [.. result.Rounds.Select(round => round.PerSecond)];
        string octets = result.Workload.Payload > 0 ? Text($"; {result.Rate * result.Workload.Payload / 1e6:N0} MB/s each way") : "";
        return Text($"{result.Rate:N0} ({rates.Min():N0} - {rates.Max():N0}){octets}");
    }

    private static string Tail(Result result) => result.Latency.Count == 0
        ? ""
        : Text($"{result.Latency.Microseconds(0.5):N0} / {result.Latency.Microseconds(0.99):N0} / {result.Latency.Microseconds(0.999):N0} us");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(FormattableString text) => _text.Append(Text(text)).Append('\n');
}
