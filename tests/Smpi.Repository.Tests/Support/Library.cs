using System.Xml.Linq;

namespace Smpi.Repository.Tests;

/// <summary>One project below <c>src</c>.</summary>
internal sealed class Library(string project)
{
    private readonly XDocument _project = XDocument.Load(project);

    public string Name { get; } = Path.GetFileNameWithoutExtension(project);

    public string Folder { get; } = Path.GetDirectoryName(project)!;

    public string Assembly => Path.Combine(AppContext.BaseDirectory, Name + ".dll");

    /// <summary>An analyzer runs in the compiler and carries no code of users.</summary>
    public bool IsAnalyzer => Name == "Smpi.Generators";

    public IReadOnlyList<string> Projects => [.. Included("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    public IReadOnlyList<string> Packages => [.. Included("PackageReference")];

    public string? Description => _project.Descendants("Description").FirstOrDefault()?.Value;

    public override string ToString() => Name;

    private IEnumerable<string> Included(string element) =>
        _project.Descendants(element).Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer").Select(reference => (string)reference.Attribute("Include")!);
}
