using System.Text;
using System.Text.Json;

namespace Smpi;

/// <summary>Commands as one string and as a list.</summary>
internal static class CommandLine
{
    /// <summary>Splits a command at blanks outside <c>'</c> and <c>"</c>, without a shell; or reads an exact list in JSON.</summary>
    /// <remarks>A backslash is an ordinary character, so that paths of Windows survive.</remarks>
    public static List<string> Split(string command)
    {
        string text = command.Trim();
        List<string> parts = text.StartsWith('[') ? ReadJson(text) : SplitAtBlanks(text);
        if (parts.Count == 0 || parts[0].Length == 0) throw new SmpiConfigurationException($"The command '{command}' names no program.");
        return parts;
    }

    public static string Join(string program, IReadOnlyList<string> arguments) => string.Join(' ', arguments.Prepend(program).Select(Quote));

    private static string Quote(string part) =>
        part.Length > 0 && !part.Any(letter => char.IsWhiteSpace(letter) || letter is '\'' or '"') ? part : part.Contains('\'', StringComparison.Ordinal) ? $"\"{part}\"" : $"'{part}'";

    private static List<string> SplitAtBlanks(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        char quote = '\0';
        bool open = false;
        foreach (char letter in text)
        {
            if (quote != '\0')
            {
                if (letter == quote) quote = '\0';
                else part.Append(letter);
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
                open = true;
            }
            else if (!char.IsWhiteSpace(letter))
            {
                part.Append(letter);
                open = true;
            }
            else if (open)
            {
                parts.Add(part.ToString());
                part.Clear();
                open = false;
            }
        }

        if (quote != '\0') throw new SmpiConfigurationException($"The command '{text}' has a {quote} that is not closed.");
        if (open) parts.Add(part.ToString());
        return parts;
    }

    private static List<string> ReadJson(string text)
    {
        var parts = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.String) throw new JsonException("Every argument must be a string.");
                parts.Add(reader.GetString()!);
            }

            if (reader.Read()) throw new JsonException("Something stands behind the list.");
            return parts;
        }
        catch (JsonException error)
        {
            throw new SmpiConfigurationException($"The command {text} is no JSON list of strings such as [\"dotnet\",\"worker.dll\"]: {error.Message}", error);
        }
    }
}
