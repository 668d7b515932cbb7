using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>Failures in one sentence each, with the path to the value that caused them.</summary>
internal static class ProtobufFailure
{
    private const string Path = "Smpi.Path";
    private const string Field = "Smpi.Field";

    public static EncodingException Truncated() => new("The body ends within a field.");

    [DoesNotReturn]
    public static void ThrowTruncated() => throw Truncated();

    public static EncodingException TooManyObjects(int objects) => new(
        $"The body holds more than {objects:N0} objects. Send it in several messages, or raise ProtobufEncodingOptions.Objects where it is read.", null, ErrorCode.TooLarge);

    public static EncodingException Unread(int octets) => new($"The shape left {octets} octets of a message unread; it has to read or skip every field.");

    public static EncodingException TooDeep(int depth) =>
        new($"Values are nested deeper than {depth}. Flatten them, or raise ProtobufEncodingOptions.Depth on both sides.", null, ErrorCode.TooDeep);

    public static EncodingException WireType(ProtobufWireType found) =>
        new($"The field has wire type {(int)found} ({found}), which is not that of its member.");

    public static EncodingException Range(string value, string type) => new($"{value} does not fit {type}.");

    public static EncodingException Null(string what) =>
        new($"Protobuf has no null for {what}. Leave it out, or use a record with a nullable member.");

    /// <summary>Says which field a failure came from; its name is found by <see cref="Within"/>.</summary>
    public static TException At<TException>(TException error, int number)
        where TException : Exception
    {
        error.Data[Field] ??= number;
        return error;
    }

    /// <summary>Puts the field that failed before the path of a failure that is on its way up out of a message.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="shape">The shape of the message.</param>
    /// <param name="outer">The field that holds the message; 0 for the body.</param>
    /// <param name="number">The field within the message, if it is not said by the failure.</param>
    public static void Within(Exception error, ProtobufShape shape, int outer, int number = 0)
    {
        number = error.Data[Field] as int? ?? number;
        if (number > 0 && !shape.IsWrapper) error.Data[Path] = $"{(shape.MemberOf(number) is { } name ? $".{name}" : $"[field {number}]")}{error.Data[Path]}";
        error.Data[Field] = outer > 0 ? outer : null;
    }

    /// <summary>Puts a step, such as an index, before the path.</summary>
    public static void Step(Exception error, string step) => error.Data[Path] = step + (string?)error.Data[Path];

    public static EncodingException Writing(Type type, Exception error) =>
        new($"A {type.Name} could not be written as Protobuf{PathOf(error)}: {error.Message}", error, (error as SmpiException)?.Code);

    public static EncodingException Reading(Type type, Exception error) =>
        new($"The body is no {type.Name}{PathOf(error)}: {error.Message}", error, (error as EncodingException)?.Code);

    /// <summary>Whether a failure while writing comes from the value or its own code; others, such as a full output, pass as they are.</summary>
    public static bool IsOfValue(Exception error) =>
        error is EncodingException or not (SmpiException or OutOfMemoryException);

    private static string PathOf(Exception error) => error.Data[Path] is string path ? $" at '${path}'" : "";
}
