namespace Smpi;

/// <summary>Sentences of the serializer whose advice cannot be followed here, said again with one that can.</summary>
internal static class JsonAdvice
{
    private static readonly (string Part, Func<string, string> Say)[] Known =
    [
        ("object cycle", static _ =>
            "The value contains itself, or is nested deeper than is allowed. Break the cycle, flatten the value, or raise JsonEncodingOptions.Depth on both sides."),
        ("maximum allowed depth", static _ =>
            "Values are nested deeper than is allowed. Flatten them, or raise JsonEncodingOptions.Depth on both sides."),
        ("maximum configured depth", static text =>
            $"Values are nested deeper than {Number(text)}. Flatten them, or raise JsonEncodingOptions.Depth on both sides."),
        ("AllowNamedFloatingPointLiterals", static _ =>
            "JSON has no NaN and no infinity. Use a nullable number, a text, or an encoding that carries them, such as MessagePack."),
        ("missing required properties", static text =>
            $"Members are missing that have to be there: {After(text, "including:").TrimEnd('.')}. Send them, or make them nullable or give them a default."),
        ("allow setting null values", static text =>
            $"The member '{Quoted(text)}' is null, and its type has no null. Send a value, or make the member nullable."),
        ("allow null values", static text =>
            $"The member '{Quoted(text)}' is null, and its type has no null. Send a value, or make the member nullable."),
        ("without a parameterless constructor", static text =>
            $"{Last(text)} has no public constructor, or several. Mark the one to use with [JsonConstructor]."),
        ("interface or abstract types", static text =>
            $"{Last(text)} is abstract. List its cases with [JsonDerivedType(typeof(...), \"name\")]."),
        ("is not supported by polymorphic type", static text =>
            $"{text.TrimEnd('.')}. Add [JsonDerivedType(typeof(...), \"name\")] to the base."),
        ("metadata for type", static text =>
            $"JSON knows no {Quoted(text)}. Add [JsonSerializable(typeof(...))] for it to the JsonSerializerContext that UseJson or AddJson is given."),
    ];

    /// <summary>The sentence for a user of Smpi.</summary>
    /// <param name="text">What the serializer says.</param>
    public static string Of(string text)
    {
        foreach ((string part, Func<string, string> say) in Known)
        {
            if (text.Contains(part, StringComparison.Ordinal)) return say(Cut(text));
        }

        return text;
    }

    // The serializer appends the path and the position to its sentences; the path is named elsewhere.
    private static string Cut(string text)
    {
        int at = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }

    private static string After(string text, string mark)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? "" : text[(at + mark.Length)..].Trim();
    }

    private static string Number(string text) =>
        string.Concat(text.SkipWhile(static c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));

    private static string Quoted(string text) => text.Split('\'') is [_, var first, ..] ? first : "?";

    // The name of the type stands last, in quotes.
    private static string Last(string text) => text.Split('\'') is [.., var last, _] ? last : "The type";
}
