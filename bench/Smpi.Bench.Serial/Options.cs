using System.Globalization;

namespace Smpi.Bench.Serial;

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string Help = """
        bench/serial [options]: channel, wire and server in one process and on one thread, without a kernel between them.

          --only <name>      only workloads whose name begins so; $ at the end is the end of the name
          --windows <n>      windows of 50 ms for each workload (40; with --quick 10)
          --quick            10 windows after 1 s of warm-up, in place of 3 s
          --json <file>      the results as JSON too
          --help             this text

        For each workload: the median and the best nanoseconds for an operation, and the bytes that both sides allocate for it.
        """;

    public bool Quick { get; init; }

    public bool ShowHelp { get; init; }

    public string Only { get; init; } = "";

    public string? Json { get; init; }

    public int Windows { get; init; } = 40;

    /// <summary>How long a workload runs before it counts, so that its code is compiled well.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 1 : 3);

    public static Options Parse(string[] args)
    {
        bool quick = args.Contains("--quick");
        var options = new Options { Quick = quick, Windows = quick ? 10 : 40 };
        for (int index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "--quick" => options,
                "--help" or "-h" => options with { ShowHelp = true },
                "--only" => options with { Only = Next() },
                "--json" => options with { Json = Next() },
                "--windows" => options with { Windows = Number(Next()) },
                string other => throw new ArgumentException($"'{other}' is not known. See bench/serial --help."),
            };

            string Next() => ++index < args.Length ? args[index] : throw new ArgumentException($"'{args[^1]}' needs a value. See bench/serial --help.");
        }

        return options.ShowHelp || Catalogue.All.Any(workload => options.Wants(workload.Name))
            ? options
            : throw new ArgumentException($"No workload begins with '{options.Only}': there are {string.Join(", ", Catalogue.All.Select(workload => $"'{workload.Name}'"))}.");
    }

    /// <summary>Whether the name is asked for.</summary>
    public bool Wants(string name) =>
        Only.EndsWith('$') ? name == Only[..^1] : name.StartsWith(Only, StringComparison.OrdinalIgnoreCase);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 10_000
            ? number
            : throw new ArgumentException($"'--windows' needs a number from 1 to 10000, not '{text}'. See bench/serial --help.");
}
