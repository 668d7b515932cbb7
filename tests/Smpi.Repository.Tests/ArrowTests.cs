using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Smpi.Repository.Tests;

public sealed class ArrowTests
{
    private static readonly string[] Leaves = ["Smpi.Providers.", "Smpi.Formats.", "Smpi.Encodings.", "Smpi.EventLoops."];

    // It hosts the channel in a web framework, so it stands above the core as the package for services does.
    private const string Host = "Smpi.Providers.WebSocket.AspNetCore";

    public static TheoryData<string> LeafNames => [.. Repository.Libraries.Select(library => library.Name).Where(IsLeaf)];

    public static TheoryData<string> CoreNames => ["Smpi.Abstractions", "Smpi"];

    [Theory]
    [MemberData(nameof(LeafNames))]
    public void A_provider_references_the_abstractions_and_no_other_project(string name)
    {
        IEnumerable<string> others = Find(name).Projects.Where(project => project != "Smpi.Abstractions");
        Assert.True(!others.Any(), $"{name} references {string.Join(", ", others)}: a provider references Smpi.Abstractions only.");
    }

    [Theory]
    [MemberData(nameof(CoreNames))]
    public void The_core_has_no_package_reference(string name) => Assert.Empty(Find(name).Packages);

    [Theory]
    [MemberData(nameof(CoreNames))]
    public void The_built_core_references_the_framework_and_itself_only(string name)
    {
        string[] foreign = [.. References(Find(name)).Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) && reference != "Smpi.Abstractions")];
        Assert.True(foreign.Length == 0, $"{name}.dll references {string.Join(", ", foreign)}.");
    }

    [Theory]
    [MemberData(nameof(LeafNames))]
    public void A_built_provider_does_not_know_the_channel(string name) => Assert.DoesNotContain("Smpi", References(Find(name)));

    [Fact]
    public void Nothing_but_the_collection_of_all_references_a_provider()
    {
        string[] wrong =
        [
            .. from library in Repository.Libraries
               where library.Name != "Smpi.All" && library.Name != Host && !IsLeaf(library.Name)
               from project in library.Projects
               where IsLeaf(project)
               select $"{library} -> {project}",
        ];
        Assert.True(wrong.Length == 0, $"Only Smpi.All may reference providers: {string.Join(", ", wrong)}.");
    }

    [Fact]
    public void No_class_is_named_for_the_namespace() =>
        Assert.DoesNotContain(Repository.Files("src", "*.cs"), file => Path.GetFileName(file) == "Smpi.cs");

    private static bool IsLeaf(string name) => name != Host && Leaves.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static Library Find(string name) => Repository.Libraries.Single(library => library.Name == name);

    private static IEnumerable<string> References(Library library)
    {
        using var file = new PEReader(File.OpenRead(library.Assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
