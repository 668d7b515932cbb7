using System.Text.RegularExpressions;

namespace Smpi.Repository.Tests;

public sealed partial class DocumentTests
{
    private static readonly string[] Commands = ["dotnet run --project samples/Quickstart", "./test"];

    [Fact]
    public void The_README_begins_with_the_two_commands()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        Assert.Equal(Commands, FencedBlock().Matches(text).Take(2).Select(match => match.Groups["body"].Value.Trim()));
    }

    [Fact]
    public void The_README_lists_every_library()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] listed = [.. PackageRow().Matches(text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal)];
        Assert.Equal(Repository.Libraries.Select(library => library.Name), listed);
    }

    [Fact]
    public void Every_relative_link_leads_to_a_file()
    {
        string[] broken =
        [
            .. from file in Repository.Files("", "*.md")
               from Match link in Link().Matches(Fence().Replace(File.ReadAllText(file), ""))
               let target = link.Groups["target"].Value.Split('#')[0]
               where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
               let path = Path.Combine(Path.GetDirectoryName(file)!, target)
               where !File.Exists(path) && !Directory.Exists(path)
               select $"{Repository.Relative(file)} -> {target}",
        ];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Every_snippet_is_compiled_code()
    {
        bool update = Environment.GetEnvironmentVariable("SMPI_UPDATE_DOCS") == "1";
        var wrong = new List<string>();
        foreach (string file in Repository.Files("docs", "*.md").Prepend(Path.Combine(Repository.Root, "README.md")))
        {
            string text = File.ReadAllText(file).ReplaceLineEndings("\n");
            string filled = Snippet().Replace(text, match => $"{match.Groups["marker"].Value}```csharp\n{Code.Region(match.Groups["source"].Value)}```");
            if (filled == text) continue;
            if (update) File.WriteAllText(file, filled);
            else wrong.Add(Repository.Relative(file));
        }

        Assert.True(wrong.Count == 0, $"Code in {string.Join(", ", wrong)} differs from its source: run the tests once with SMPI_UPDATE_DOCS=1.");
    }

    [Fact]
    public void Every_limit_stands_in_the_table_of_limits()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "limits.md"));
        Assert.All(typeof(SmpiLimits).GetProperties().Where(property => property.GetMethod is { IsStatic: false }), limit => Assert.Contains($"| `{limit.Name}` |", text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^```\w*\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedBlock();

    [GeneratedRegex(@"^\| \[(?<name>Smpi[\w.]*)\]\(src/", RegexOptions.Multiline)]
    private static partial Regex PackageRow();

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<marker><!-- source: (?<source>\S+) -->\n)```csharp\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
