using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Counts the objects of a body before the serializer makes them, where the body is long enough to hold too many.</summary>
/// <param name="shape">How the serializer reads the type.</param>
/// <param name="limit">How many there may be.</param>
internal sealed class ObjectCount(JsonTypeInfo shape, int limit)
{
    // The shortest object is {}, the shortest text "".
    private const int Shortest = 2;

    private bool? _hasKeys;

    /// <summary>Refuses a body that holds more than the limit.</summary>
    public void Check(in ReadOnlySequence<byte> body)
    {
        if (body.Length / Shortest > limit) CheckLong(in body);
    }

    private void CheckLong(in ReadOnlySequence<byte> body)
    {
        bool hasKeys = _hasKeys ??= HasKeys(shape, []);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = shape.Options.MaxDepth });
        int count = 0;
        try
        {
            while (reader.Read())
            {
                bool isObject = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.String
                    || (hasKeys && reader.TokenType == JsonTokenType.PropertyName);
                if (isObject && ++count > limit) throw JsonFailure.TooManyObjects(shape.Type, Path(in body, reader.TokenStartIndex), limit);
            }
        }
        catch (JsonException)
        {
            // The serializer meets the same and says where.
        }
    }

    // Names of members are no objects, keys of dictionaries are; which one a name is only the type knows.
    private static bool HasKeys(JsonTypeInfo info, HashSet<Type> seen)
    {
        if (!seen.Add(info.Type)) return false;
        if (info.Kind == JsonTypeInfoKind.Dictionary || (info.Kind == JsonTypeInfoKind.None && info.Type.Namespace != "System")
            || info.Type == typeof(object)) return !info.Type.IsEnum;
        IEnumerable<Type?> inner =
        [
            info.ElementType, Nullable.GetUnderlyingType(info.Type),
            .. info.Kind == JsonTypeInfoKind.Object ? info.Properties.Select(static p =>
                p.IsExtensionData ? typeof(object) : p.PropertyType) : [],
            .. info.PolymorphismOptions?.DerivedTypes.Select(static d => d.DerivedType) ?? [],
        ];
        return inner.Any(type => type is not null && (!info.Options.TryGetTypeInfo(type, out JsonTypeInfo? of) || HasKeys(of, seen)));
    }

    private string Path(in ReadOnlySequence<byte> body, long end)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = shape.Options.MaxDepth });
        List<(string? Name, int Index)> steps = [];
        while (reader.Read() && reader.TokenStartIndex < end)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    steps[^1] = (Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan), 0);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    steps.Add((null, 0));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    steps.RemoveAt(steps.Count - 1);
                    Next(steps);
                    break;
                default:
                    Next(steps);
                    break;
            }
        }

        return "$" + string.Concat(steps.Select(static s =>
            s.Name is { } name ? $".{(name.Length <= 64 ? name : name[..64] + "...")}" : $"[{s.Index}]"));
    }

    private static void Next(List<(string? Name, int Index)> steps)
    {
        if (steps.Count > 0 && steps[^1].Name is null) steps[^1] = (null, steps[^1].Index + 1);
    }
}
