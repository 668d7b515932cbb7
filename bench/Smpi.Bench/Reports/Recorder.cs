namespace Smpi.Bench;

/// <summary>Writes the results where they are kept.</summary>
internal static class Recorder
{
    private const string Begin = "<!-- results -->";
    private const string End = "<!-- end of results -->";

    public static string FileOf(string plot) => $"{plot.Replace(' ', '-')}.svg";

    public static async Task WriteAsync(Report report, string markdown)
    {
        string folder = Path.Combine(Repository.Root, "bench/results");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "latest.json"), JsonReport.Make(report) + "\n");
        foreach (IGrouping<string, Result> plot in report.Results.Where(result => result.Workload.Point is not null && result.Ran).GroupBy(result => result.Workload.Point!.Plot))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, FileOf(plot.Key)), Svg.Make(plot.Key, [.. plot]));
        }

        string file = Path.Combine(Repository.Root, "bench/README.md");
        string text = await File.ReadAllTextAsync(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidOperationException($"bench/README.md has to have '{Begin}' before '{End}'.");
        await File.WriteAllTextAsync(file, $"{text[..(begin + Begin.Length)]}\n\n{markdown.TrimEnd()}\n\n{text[end..]}");
    }
}
