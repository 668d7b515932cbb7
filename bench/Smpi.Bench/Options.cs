using System.Globalization;

namespace Smpi.Bench;

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string Help = """
        bench/run [options]: every workload beside the machine's own limit, each wire in two processes of its own.

          --quick            about four minutes: the base wire, and 64 in flight over every other wire
                             (the base: MessagePack by generated shapes, native format, TCP)
          --only <pattern>   only workloads and probes whose name contains the text; * is any text,
                             $ at the end is the end of the name
          --peers            the same calls and streams by SignalR, vscode-jsonrpc, gRPC for C++ and
                             Cap'n Proto for C++, in the same run; installs and builds what they need
          --rounds <n>       repetitions, interleaved (5; with --quick 3)
          --time <seconds>   how long each repetition of a workload takes (0.2)
          --json <file>      the results as JSON
          --markdown <file>  the results as Markdown
          --record           writes bench/README.md, bench/results/latest.json and the plots
          --list             names the workloads and probes, and runs nothing
          --help             this text

        bench/run --against <ref> compares bench/serial of that commit and of this folder instead;
        see bench/run --against --help.

        Progress goes to standard error, the results as Markdown to standard output.
        """;

    public bool Quick { get; init; }

    public bool Peers { get; init; }

    public bool Record { get; init; }

    public bool List { get; init; }

    public bool ShowHelp { get; init; }

    public string Only { get; init; } = "";

    public string? Json { get; init; }

    public string? Markdown { get; init; }

    public int Rounds { get; init; } = 5;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How long a workload runs before it counts.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 0.2 : 0.3);

    /// <summary>How long the workloads of a wire run before they count.</summary>
    public TimeSpan LeastWarmUp => TimeSpan.FromSeconds(Quick ? 1.5 : 3);

    /// <summary>What does not end within this time has failed.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public static Options Parse(string[] args)
    {
        var options = new Options { Quick = args.Contains("--quick") };
        if (options.Quick) options = options with { Rounds = 3 };
        for (int index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "--quick" => options,
                "--peers" => options with { Peers = true },
                "--record" => options with { Record = true },
                "--list" => options with { List = true },
                "--help" or "-h" => options with { ShowHelp = true },
                "--only" => options with { Only = Next() },
                "--json" => options with { Json = Next() },
                "--markdown" => options with { Markdown = Next() },
                "--rounds" => options with { Rounds = (int)Number(1, 1000) },
                "--time" => options with { Time = TimeSpan.FromSeconds(Number(0.01, 60)) },
                string other => throw new ArgumentException($"'{other}' is not known. See bench/run --help."),
            };

            double Number(double least, double most)
            {
                string option = args[index];
                string text = Next();
                return double.TryParse(text, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
                    ? number
                    : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{option}' needs a number from {least} to {most}, not '{text}'. See bench/run --help."));
            }

            string Next() => ++index < args.Length ? args[index] : throw new ArgumentException($"'{args[^1]}' needs a value. See bench/run --help.");
        }

        return options;
    }

    /// <summary>Whether the name is asked for.</summary>
    public bool Wants(string name)
    {
        int at = 0;
        if (Only.EndsWith('$') && !name.EndsWith(Only[..^1].Split('*')[^1], StringComparison.OrdinalIgnoreCase)) return false;
        foreach (string part in Only.TrimEnd('$').Split('*'))
        {
            int found = name.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return true;
    }
}
