using System.Globalization;
using System.Text;

namespace Smpi.Bench;

/// <summary>The results as a table.</summary>
internal static class Report
{
    public static string Make(IReadOnlyList<Workload> workloads, Dictionary<string, List<Measure>> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| workload | per second (min - max) | of the limit | allocated, client | allocated, server | CPU, both |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (Workload workload in workloads)
        {
            List<Measure> rounds = results[workload.Name];
            string ratio = workload.Limit is null ? "" : Format($"{Median([.. rounds.Zip(results[workload.Limit], (own, limit) => own.PerSecond / limit.PerSecond)]):0.00}");
            string client = workload.Channel is null ? "" : Format($"{Median([.. rounds.Select(round => round.ClientOctets)]):0} B");
            string server = workload.Channel is null ? "" : Format($"{Median([.. rounds.Select(round => round.ServerOctets)]):0} B");
            string cpu = workload.Channel is null ? "" : Format($"{Median([.. rounds.Select(round => round.CpuMicroseconds)]):0.00} us");
            double[] rates = [.. rounds.Select(round => round.PerSecond)];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {workload.Name} | {Median(rates):N0} ({rates.Min():N0} - {rates.Max():N0}) | {ratio} | {client} | {server} | {cpu} |");
        }

        return text.ToString();
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
