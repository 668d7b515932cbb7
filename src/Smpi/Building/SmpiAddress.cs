using System.Text;

namespace Smpi;

/// <summary>An address: <c>[name+]*protocol[\[key=value,...\]]:rest</c>. One string that is the same in code, configuration, environment and command line.</summary>
/// <remarks>
/// Names and options end at the first colon outside brackets, and only that part is split at <c>+</c>; the rest is opaque. A value that holds a comma or a bracket,
/// begins with a double quote, or has spaces at its ends stands in double quotes, with <c>\"</c> for a quote and <c>\\</c> for a backslash in it. Without quotes a
/// backslash is itself.
/// </remarks>
public sealed class SmpiAddress
{
    private SmpiAddress(IReadOnlyList<string> names, string protocol, IReadOnlyDictionary<string, string> options, string rest)
    {
        Names = names;
        Protocol = protocol;
        Options = options;
        Rest = rest;
    }

    /// <summary>Names of encodings and formats, in the order they stand.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The protocol's token, such as <c>tcp</c>.</summary>
    public string Protocol { get; }

    /// <summary>The options in brackets; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Everything after the first colon outside brackets, unchanged.</summary>
    public string Rest { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="SmpiConfigurationException">It is not of the form; the message says where, shows the form, and repeats no secret.</exception>
    public static SmpiAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new AddressParser(text);
        string[] tokens = parser.Read();
        return new SmpiAddress(tokens[..^1], tokens[^1], parser.Options, parser.Rest);
    }

    /// <summary>The address as text; reading it again gives the same address.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string name in Names) text.Append(name).Append('+');
        text.Append(Protocol);
        if (Options.Count > 0)
        {
            text.Append('[');
            text.AppendJoin(',', Options.Select(option => $"{option.Key}={Quoted(option.Value)}"));
            text.Append(']');
        }

        return text.Append(':').Append(Rest).ToString();
    }

    private static string Quoted(string value) =>
        value.Length > 0 && value.AsSpan().IndexOfAny(",[]\"") < 0 && value.Trim() == value
            ? value
            : '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
