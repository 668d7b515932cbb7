namespace Smpi.Repository.Tests;

/// <summary>Finds the files of the repository, wherever the tests were built to.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = ["bin", "obj", ".git", "node_modules", "artifacts", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Library> Libraries { get; } =
        [.. Files("src", "*.csproj").Select(path => new Library(path)).OrderBy(library => library.Name, StringComparer.Ordinal)];

    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string path = Path.Combine(Root, folder);
        if (!Directory.Exists(path)) return [];
        return Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => Ignored.Contains(part)))
            .Order(StringComparer.Ordinal);
    }

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Smpi.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("Smpi.sln is in no folder above the tests: run them from a clone.");
    }
}
