using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Finds the part of a value that cannot be written, which the serializer does not always tell.</summary>
/// <remarks>Runs after a failure only: each level writes its parts again, one by one, and goes down into the first that fails.</remarks>
internal static class WritePath
{
    private const int MostSteps = 16;

    /// <summary>The path from the value to its part, such as <c>$.next.ratio</c>; null when it is the value itself, or cannot be told.</summary>
    /// <param name="value">The value that was not written.</param>
    /// <param name="shape">Its shape.</param>
    public static string? Of(object? value, JsonTypeInfo shape)
    {
        string path = "$";
        try
        {
            for (int depth = 1; value is not null && depth < shape.Options.MaxDepth; depth++)
            {
                if (FindPart(value, shape, depth) is not { } part) break;
                if (depth <= MostSteps) path += part.Step;
                else if (depth == MostSteps + 1) path += "...";
                (value, shape) = (part.Value, part.Shape);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The value's own code may fail in new ways; what was found so far is true.
        }

        return path.Length > 1 ? path : null;
    }

    private static (string Step, object? Value, JsonTypeInfo Shape)? FindPart(object value, JsonTypeInfo shape, int depth)
    {
        // A case of a union is written by its own shape.
        if (shape.PolymorphismOptions is not null && shape.Options.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? own)) shape = own;
        foreach ((string step, Func<object?> get, Type type) in Parts(value, shape))
        {
            object? part = null;
            if (!shape.Options.TryGetTypeInfo(type, out JsonTypeInfo? partShape)) continue;
            try
            {
                part = get();
                Write(part, partShape, depth);
            }
            catch (Exception error) when (JsonFailure.IsExpected(error))
            {
                return (step, part, partShape);
            }
        }

        return null;
    }

    private static IEnumerable<(string Step, Func<object?> Get, Type Type)> Parts(object value, JsonTypeInfo shape)
    {
        if (shape.Kind == JsonTypeInfoKind.Object)
        {
            foreach (JsonPropertyInfo property in shape.Properties)
            {
                if (property.Get is { } get) yield return ($".{Short(property.Name)}", () => get(value), property.PropertyType);
            }
        }
        else if (shape.Kind == JsonTypeInfoKind.Dictionary && value is IDictionary dictionary)
        {
            foreach (DictionaryEntry pair in dictionary)
            {
                if (pair.Value is { } item) yield return ($".{Short(Convert.ToString(pair.Key, CultureInfo.InvariantCulture) ?? "")}", () => item, shape.ElementType ?? item.GetType());
            }
        }
        else if (shape.Kind == JsonTypeInfoKind.Enumerable && value is IEnumerable items)
        {
            int index = 0;
            foreach (object? item in items)
            {
                if (item is not null) yield return ($"[{index}]", () => item, shape.ElementType ?? item.GetType());
                index++;
            }
        }
    }

    private static void Write(object? value, JsonTypeInfo shape, int depth)
    {
        // The part stands as deep as it stood in the value, so that depth fails where it failed.
        Utf8JsonWriter writer = JsonWriters.Rent(new ArrayBufferWriter<byte>(), shape.Options);
        try
        {
            for (int level = 0; level < depth; level++) writer.WriteStartArray();
            JsonSerializer.Serialize(writer, value, shape);
        }
        finally
        {
            JsonWriters.Return(writer);
        }
    }

    private static string Short(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "...");
}
