using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Failures of the serializer, and of the value's own code, in one sentence each.</summary>
internal static class JsonFailure
{
    // What the output throws, such as a message that is too large, is of Smpi already and stays as it is.
    public static bool IsExpected(Exception error) => error is not (SmpiException or OutOfMemoryException);

    // Nothing but the value's own code and the serializer runs while a body is read; what was said in our own words stays.
    public static bool IsOfReading(Exception error) => error is not EncodingException;

    public static EncodingException Writing(object? value, JsonTypeInfo shape, Exception error)
    {
        string where = WritePath.Of(value, shape) is { } path ? $" at '{path}'" : Where(error);
        return new($"The value could not be written as {TypeNames.Of(shape.Type)} in JSON{where}: {Text(error)}", error, Code(error));
    }

    public static EncodingException Reading(Type type, Exception error) =>
        new($"The body is not a JSON value of {TypeNames.Of(type)}{Where(error)}: {Text(error)}", error, Code(error));

    public static EncodingException NullBody(Type type) => new(
        $"The body is not a JSON value of {TypeNames.Of(type)}: It is null, and nothing says that a {TypeNames.Of(type)} may be null. Send a value, or call NullBodies.Allow<{TypeNames.Of(type)}>() where it is read.");

    public static EncodingException TooManyObjects(Type type, string path, int objects) => new(
        $"The body is not a JSON value of {TypeNames.Of(type)} at '{path}': The body holds more than {objects:N0} objects. Send it in several messages, or raise JsonEncodingOptions.Objects where it is read.", null, ErrorCode.TooLarge);

    private static string Where(Exception error) => error is JsonException { Path: { Length: > 0 } path } ? $" at '{path}'" : "";

    // The serializer appends the path and the position to its sentences; the path is named before.
    public static string Text(Exception error)
    {
        string message = JsonAdvice.Of(error.Message);
        int at = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (at < 0) at = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return at < 0 ? message : message[..at];
    }

    // The framework has no type of its own for this, and says it itself only in these.
    private static ErrorCode? Code(Exception? error)
    {
        for (; error is JsonException or InvalidOperationException; error = error.InnerException)
        {
            if (error.Message.Contains("maximum allowed depth", StringComparison.Ordinal) || error.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return ErrorCode.TooDeep;
        }

        return null;
    }
}
