using System.Reflection;

namespace Smpi.Repository.Tests;

public sealed class ApiTests
{
    public static TheoryData<string> Names => [.. Repository.Libraries.Where(library => !library.IsAnalyzer).Select(library => library.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_interface_is_the_one_that_was_agreed(string name)
    {
        Library library = Repository.Libraries.Single(one => one.Name == name);
        string actual = ApiText.Of(Assembly.LoadFrom(library.Assembly));
        string path = Path.Combine(Repository.Root, "tests", "api", name + ".txt");
        if (Environment.GetEnvironmentVariable("SMPI_UPDATE_API") == "1") File.WriteAllText(path, actual);
        string agreed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        string[] now = actual.Split('\n');
        string[] before = agreed.Split('\n');
        IEnumerable<string> changes = before.Except(now).Select(line => "- " + line).Concat(now.Except(before).Select(line => "+ " + line)).Take(20);
        Assert.True(
            actual == agreed,
            $"The public interface of {name} changed. If that is meant, run the tests once with SMPI_UPDATE_API=1 and commit tests/api/{name}.txt.\n{string.Join('\n', changes)}");
    }

    [Fact]
    public void Every_listing_belongs_to_a_library() =>
        Assert.Empty(Repository.Files("tests/api", "*.txt").Select(Path.GetFileNameWithoutExtension).Except(Repository.Libraries.Select(library => library.Name)));
}
