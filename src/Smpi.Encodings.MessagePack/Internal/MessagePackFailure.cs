namespace Smpi;

/// <summary>Failures in one sentence each, with the path to the value that caused them.</summary>
internal static class MessagePackFailure
{
    private const string Path = "Smpi.Path";

    public static EncodingException Truncated() => new("The body ends within a value.");

    public static EncodingException TooDeep(int depth) =>
        new($"Values are nested deeper than {depth}. Flatten them, or raise MessagePackEncodingOptions.Depth on both sides.", null, ErrorCode.TooDeep);

    public static EncodingException TooMany(uint count) => new($"{count} entries are announced, and the body has octets for fewer.");

    public static EncodingException Expected(string what, byte code) =>
        new($"{what} is expected, and there is {Name(MessagePackCode.TypeOf(code))}.");

    public static EncodingException Range(string value, string type) => new($"{value} does not fit {type}.");

    public static EncodingException NoText() => new("A string is not valid UTF-8.");

    public static EncodingException TooManyObjects(int objects) => new(
        $"The body holds more than {objects:N0} objects. Send it in several messages, or raise MessagePackEncodingOptions.Objects where it is read.", null, ErrorCode.TooLarge);

    public static EncodingException Null(string name) =>
        new($"The member '{name}' is nil, and its type has no null. Send a value, or make the member nullable.");

    public static EncodingException NullBody(string name) => new(
        $"It is nil, and nothing says that a {name} may be null. Send a value, or call NullBodies.Allow<{name}>() where it is read.");

    public static EncodingException Absent(string name) =>
        new($"The member '{name}' is missing, and its type has no null. Send it, or make it nullable or give it a default.");

    public static EncodingException Missing(string name) => new($"The required member '{name}' is missing.");

    public static EncodingException Duplicate(string key) => new($"The map has the key '{Short(key)}' twice.");

    /// <summary>Puts a step before the path of a failure that is on its way up.</summary>
    public static void Within(Exception error, string step) => error.Data[Path] = step + (string?)error.Data[Path];

    public static string Step(int index) => $"[{index}]";

    public static string Step(string? name) => $".{Short(name ?? "null")}";

    public static EncodingException Writing(Type type, Exception error) =>
        new($"A {type.Name} could not be written as MessagePack{At(error)}: {error.Message}", error, (error as SmpiException)?.Code);

    public static EncodingException Reading(Type type, Exception error) =>
        new($"The body is no {type.Name}{At(error)}: {error.Message}", error, (error as EncodingException)?.Code);

    /// <summary>Whether a failure while writing comes from the value or its own code; others, such as a full output, pass as they are.</summary>
    public static bool IsOfValue(Exception error) =>
        error is EncodingException or not (SmpiException or OutOfMemoryException);

    private static string At(Exception error) => error.Data[Path] is string path ? $" at '${path}'" : "";

    private static string Short(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "...");

    private static string Name(MessagePackType type) => type switch
    {
        MessagePackType.Nil => "nil",
        MessagePackType.Boolean => "a boolean",
        MessagePackType.Integer => "an integer",
        MessagePackType.Float => "a float",
        MessagePackType.String => "a string",
        MessagePackType.Binary => "binary data",
        MessagePackType.Array => "an array",
        MessagePackType.Map => "a map",
        _ => "an extension",
    };
}
