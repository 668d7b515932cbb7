using System.Text.RegularExpressions;

namespace Smpi.Repository.Tests;

public sealed partial class SourceTests
{
    private static readonly string[] Unfinished = ["TODO", "FIXME", "NotImplementedException"];

    [Fact]
    public void No_source_file_is_over_three_hundred_lines() => NothingLongerThan("src", 300);

    [Fact]
    public void No_test_file_is_over_five_hundred_lines() => NothingLongerThan("tests", 500);

    [Fact]
    public void A_file_has_one_public_type_and_is_named_for_it()
    {
        string[] wrong =
        [
            .. from file in Repository.Files("src", "*.cs")
               let names = PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct().ToArray()
               where names.Length > 1 || (names.Length == 1 && !IsNamedFor(Path.GetFileNameWithoutExtension(file), names[0]))
               select $"{Repository.Relative(file)} has {string.Join(", ", names)}",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        string[] wrong =
        [
            .. from file in Repository.Files("src", "*.cs")
               from word in Unfinished
               where File.ReadAllText(file).Contains(word, StringComparison.Ordinal)
               select $"{Repository.Relative(file)} has {word}",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_library_has_a_README_and_a_description()
    {
        IEnumerable<string> wrong = Repository.Libraries
            .Where(library => string.IsNullOrWhiteSpace(library.Description) || !File.Exists(Path.Combine(library.Folder, "README.md")))
            .Select(library => library.Name);
        Assert.True(!wrong.Any(), $"A README.md beside the project file, or a Description in it, is missing: {string.Join(", ", wrong)}.");
        Assert.NotEmpty(Repository.Libraries);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Smpi.sln")).Replace('\\', '/');
        IEnumerable<string> missing = Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.Tests.csproj"))
            .Select(Repository.Relative).Where(path => !solution.Contains(path, StringComparison.Ordinal));
        Assert.True(!missing.Any(), $"Add with 'dotnet sln add': {string.Join(" ", missing)}.");
    }

    private static void NothingLongerThan(string folder, int most)
    {
        IEnumerable<string> wrong = Repository.Files(folder, "*.cs")
            .Select(file => (File: file, Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > most)
            .Select(file => $"{Repository.Relative(file.File)} has {file.Lines} lines");
        Assert.True(!wrong.Any(), $"More than {most} lines; make two files of it: {string.Join(", ", wrong)}.");
    }

    private static bool IsNamedFor(string file, string type) => file == type || file == type + "OfT" || file.StartsWith(type + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*(?:class|interface|enum|delegate \S+|record struct|record class|record|struct) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
