using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Smpi.Generators;

/// <summary>A place in source that compares by value.</summary>
internal sealed record Place(string Path, int Start, int Length, int Line, int Column, int EndLine, int EndColumn)
{
    public static Place Of(SyntaxNodeOrToken node) => Of(node.GetLocation());

    public static Place Of(Location? location)
    {
        if (location?.SourceTree is null) return new Place("", 0, 0, 0, 0, 0, 0);
        FileLinePositionSpan lines = location.GetLineSpan();
        return new Place(
            lines.Path, location.SourceSpan.Start, location.SourceSpan.Length,
            lines.StartLinePosition.Line, lines.StartLinePosition.Character, lines.EndLinePosition.Line, lines.EndLinePosition.Character);
    }

    public Location ToLocation() => Path.Length == 0
        ? Location.None
        : Location.Create(Path, new TextSpan(Start, Length), new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(EndLine, EndColumn)));
}
