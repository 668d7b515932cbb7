using System.Text;

namespace Smpi;

/// <summary>Reads one address; positions in its messages count from 1.</summary>
internal sealed class AddressParser(string text)
{
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);
    private int _at;

    public IReadOnlyDictionary<string, string> Options => _options;

    public string Rest => text[_at..];

    /// <summary>The tokens before the options, in lower case: the last one is the protocol.</summary>
    public string[] Read()
    {
        int end = text.AsSpan().IndexOfAny('[', ':');
        if (end < 0) throw Wrong("it has no ':'", text.Length);
        string[] tokens = text[..end].Split('+');
        foreach (string token in tokens)
        {
            if (token.Length == 0) throw Wrong("a name is missing", _at);
            int wrong = token.AsSpan().IndexOfAnyExcept(Letters);
            if (wrong >= 0) throw Wrong($"'{token[wrong]}' stands in a name, which has letters, digits and '-' only", _at + wrong);
            _at += token.Length + 1;
        }

        _at = end;
        if (text[_at] == '[') ReadOptions();
        if (_at >= text.Length || text[_at] != ':') throw Wrong("a ':' is missing", _at);
        _at++;
        return [.. tokens.Select(token => token.ToLowerInvariant())];
    }

    private static System.Buffers.SearchValues<char> Letters { get; } =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private void ReadOptions()
    {
        int open = _at++;
        if (_at < text.Length && text[_at] == ']')
        {
            _at++;
            return;
        }

        while (true)
        {
            ReadOption(open);
            if (_at >= text.Length) throw Unclosed(open);
            if (text[_at++] == ']') return;
        }
    }

    private void ReadOption(int open)
    {
        int start = _at;
        int length = text.AsSpan(start).IndexOfAny("=,[]\"");
        if (length < 0) throw Unclosed(open);
        string key = text.Substring(start, length).Trim();
        if (key.Length == 0 || text[start + length] != '=') throw Wrong("an option of the form 'key=value' is missing", start);
        _at = start + length + 1;
        string value = _at < text.Length && text[_at] == '"' ? ReadQuoted() : ReadPlain(open);
        if (!_options.TryAdd(key, value)) throw Wrong($"the option '{key}' stands twice", start);
    }

    private string ReadPlain(int open)
    {
        int start = _at;
        int length = text.AsSpan(start).IndexOfAny(",[]");
        if (length < 0) throw Unclosed(open);
        _at = start + length;
        if (text[_at] == '[') throw Wrong("'[' stands in a value without quotes: write key=\"value\"", _at);
        return text[start.._at].Trim();
    }

    private string ReadQuoted()
    {
        int open = _at;
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '"')
            {
                _at++;
                if (_at < text.Length && text[_at] is not (',' or ']')) throw Wrong("',' or ']' is missing after a quoted value", _at);
                return value.ToString();
            }

            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            value.Append(text[_at]);
        }

        throw Wrong("a quoted value has no end", open);
    }

    private SmpiConfigurationException Unclosed(int open) => Wrong("its '[' is not closed by ']'", open);

    private SmpiConfigurationException Wrong(string why, int at) => AddressText.HostAndPort(text) ? NoProtocol() : new(
        $"The address '{AddressText.Shown(text)}' cannot be read: {why} (position {at + 1}). The form is [name+]protocol[[key=value,...]]:rest, such as 'tcp://127.0.0.1:4711' or 'protobuf+wss://host/smpi'.");

    private SmpiConfigurationException NoProtocol() =>
        new($"The address '{text}' is a host and a port and names no protocol: write 'tcp://{text}', or 'ws://{text}/path' for a WebSocket.");
}
