using System.Text;

namespace Smpi.Generators;

/// <summary>Source text, indented by its braces.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public SourceText Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _indent * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    public SourceText Open(string line)
    {
        Line(line).Line("{");
        _indent++;
        return this;
    }

    public SourceText Close(string end = "}")
    {
        _indent--;
        return Line(end);
    }

    public override string ToString() => _text.ToString();
}
