using System.Text.Json;

namespace Smpi;

/// <summary>Failures of the serializer in one sentence each.</summary>
internal static class JsonFailure
{
    public static bool IsExpected(Exception error) =>
        error is JsonException or NotSupportedException or InvalidOperationException or FormatException or ArgumentException or OverflowException;

    public static EncodingException Writing(Type type, Exception error) =>
        new($"A {type.Name} could not be written as JSON: {Text(error)}", error, IsTooDeep(error) ? ErrorCode.TooDeep : null);

    public static EncodingException Reading(Type type, Exception error)
    {
        string path = error is JsonException { Path: { Length: > 0 } at } ? $" at '{at}'" : "";
        return new EncodingException($"The body is no {type.Name}{path}: {Text(error)}", error, IsTooDeep(error) ? ErrorCode.TooDeep : null);
    }

    // The serializer appends the path and the position to its sentences; the path is named before.
    private static string Text(Exception error)
    {
        int at = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return at < 0 ? error.Message : error.Message[..at];
    }

    private static bool IsTooDeep(Exception error) =>
        error is JsonException && (error.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) || error.InnerException?.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) == true);
}
