using System.Text;

namespace Smpi;

/// <summary>An address: <c>[name+]*protocol[\[key=value,...\]]:rest</c>. One string that is the same in code, configuration, environment and command line.</summary>
/// <remarks>
/// Names and options end at the first colon outside brackets, and only that part is split at <c>+</c>; the rest is opaque. A value that holds a comma, a bracket or
/// a double quote stands in double quotes, with <c>\"</c> for a quote and <c>\\</c> for a backslash in it.
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
    /// <exception cref="SmpiConfigurationException">It is not of the form; the message says where and shows the form.</exception>
    public static SmpiAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.AsSpan().IndexOfAny('[', ':');
        if (end < 0) throw Wrong(text, "it has no ':'");
        string[] tokens = text[..end].Split('+');
        foreach (string token in tokens)
        {
            if (token.Length == 0 || !token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) throw Wrong(text, $"'{token}' is no name");
        }

        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (text[end] == '[') end = ReadOptions(text, end + 1, options);
        if (end >= text.Length || text[end] != ':') throw Wrong(text, $"a ':' is missing at position {end}");
        return new SmpiAddress([.. tokens[..^1].Select(token => token.ToLowerInvariant())], tokens[^1].ToLowerInvariant(), options, text[(end + 1)..]);
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

    private static int ReadOptions(string text, int at, Dictionary<string, string> options)
    {
        while (true)
        {
            int equals = text.IndexOf('=', at);
            if (equals < 0) throw Wrong(text, $"an option at position {at} has no '='");
            string key = text[at..equals].Trim();
            if (key.Length == 0 || key.AsSpan().IndexOfAny(",[]:\"") >= 0) throw Wrong(text, $"'{key}' at position {at} is no option");
            at = equals + 1;
            string value = at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at) : ReadPlain(text, ref at);
            if (!options.TryAdd(key, value)) throw Wrong(text, $"the option '{key}' stands twice");
            if (at >= text.Length) throw Wrong(text, "its '[' is not closed by ']'");
            if (text[at] == ']') return at + 1;
            if (text[at] != ',') throw Wrong(text, $"',' or ']' is missing at position {at}");
            at++;
        }
    }

    private static string ReadPlain(string text, ref int at)
    {
        int start = at;
        int length = text.AsSpan(at).IndexOfAny(",]");
        if (length < 0) throw Wrong(text, "its '[' is not closed by ']'");
        at += length;
        return text[start..at].Trim();
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }

        throw Wrong(text, "a quoted value has no end");
    }

    private static string Quoted(string value) =>
        value.Length > 0 && value.AsSpan().IndexOfAny(",[]\"") < 0 && value.Trim() == value
            ? value
            : '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private static SmpiConfigurationException Wrong(string text, string why) => new(
        $"The address '{(text.Length > 100 ? text[..100] + "..." : text)}' cannot be read: {why}. The form is [name+]protocol[[key=value,...]]:rest, such as 'tcp://127.0.0.1:4711' or 'protobuf+wss://host/smpi'.");
}
