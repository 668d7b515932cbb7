using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Reads a collection that the serializer makes itself by way of one that it can be given.</summary>
internal sealed class SeededConverter<TCollection, TRead>(JsonTypeInfo<TRead> shape, Func<TRead, TCollection> make)
    : JsonConverter<TCollection>
    where TCollection : class
    where TRead : class
{
    public static JsonTypeInfo Info(JsonTypeInfo<TCollection> plain, JsonTypeInfo<TRead> shape, Func<TRead, TCollection> make) =>
        JsonMetadataServices.CreateValueInfo<TCollection>(plain.Options, new SeededConverter<TCollection, TRead>(shape, make));

    public override TCollection? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, shape) is { } read ? make(read) : null;
        }
        catch (JsonException error) when (error.Path is { Length: > 1 } path)
        {
            // Without a path the serializer puts the one of the collection before what is said here.
            throw new JsonException($"{JsonFailure.Text(error)} It is at '{path}' of the collection.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, TCollection value, JsonSerializerOptions options) =>
        throw new NotSupportedException("It is used for reading alone.");
}
