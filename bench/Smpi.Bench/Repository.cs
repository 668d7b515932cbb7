namespace Smpi.Bench;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Cold => Path.Combine(Root, "bench/Smpi.Bench.Cold/bin/Release/net10.0/Smpi.Bench.Cold");

    public static string ColdAot => Path.Combine(Root, "bench/Smpi.Bench.Cold/bin/aot/Smpi.Bench.Cold");

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Smpi.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmark has to lie in its repository."));
}
