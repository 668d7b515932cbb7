using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>The shapes that need no context: JSON itself and the values that JSON has a form for.</summary>
internal sealed class BuiltInShapes : IJsonTypeInfoResolver
{
    private static readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Shapes = new()
    {
        [typeof(JsonElement)] = static options => JsonMetadataServices.CreateValueInfo<JsonElement>(options, JsonMetadataServices.JsonElementConverter),
        [typeof(JsonNode)] = static options => JsonMetadataServices.CreateValueInfo<JsonNode?>(options, JsonMetadataServices.JsonNodeConverter),
        [typeof(JsonObject)] = static options => JsonMetadataServices.CreateValueInfo<JsonObject?>(options, JsonMetadataServices.JsonObjectConverter),
        [typeof(JsonArray)] = static options => JsonMetadataServices.CreateValueInfo<JsonArray?>(options, JsonMetadataServices.JsonArrayConverter),
        [typeof(JsonValue)] = static options => JsonMetadataServices.CreateValueInfo<JsonValue?>(options, JsonMetadataServices.JsonValueConverter),
        [typeof(JsonDocument)] = static options => JsonMetadataServices.CreateValueInfo<JsonDocument?>(options, JsonMetadataServices.JsonDocumentConverter),
        [typeof(object)] = static options => JsonMetadataServices.CreateValueInfo<object?>(options, JsonMetadataServices.ObjectConverter),
        [typeof(string)] = static options => JsonMetadataServices.CreateValueInfo<string?>(options, JsonMetadataServices.StringConverter),
        [typeof(bool)] = static options => JsonMetadataServices.CreateValueInfo<bool>(options, JsonMetadataServices.BooleanConverter),
        [typeof(int)] = static options => JsonMetadataServices.CreateValueInfo<int>(options, JsonMetadataServices.Int32Converter),
        [typeof(long)] = static options => JsonMetadataServices.CreateValueInfo<long>(options, JsonMetadataServices.Int64Converter),
        [typeof(double)] = static options => JsonMetadataServices.CreateValueInfo<double>(options, new FiniteNumbers.OfDouble()),
        [typeof(decimal)] = static options => JsonMetadataServices.CreateValueInfo<decimal>(options, JsonMetadataServices.DecimalConverter),
        [typeof(Guid)] = static options => JsonMetadataServices.CreateValueInfo<Guid>(options, JsonMetadataServices.GuidConverter),
        [typeof(DateTimeOffset)] = static options => JsonMetadataServices.CreateValueInfo<DateTimeOffset>(options, JsonMetadataServices.DateTimeOffsetConverter),
        [typeof(TimeSpan)] = static options => JsonMetadataServices.CreateValueInfo<TimeSpan>(options, JsonMetadataServices.TimeSpanConverter),
        [typeof(byte[])] = static options => JsonMetadataServices.CreateValueInfo<byte[]?>(options, JsonMetadataServices.ByteArrayConverter),
        [typeof(ReadOnlyMemory<byte>)] = static options => JsonMetadataServices.CreateValueInfo<ReadOnlyMemory<byte>>(options, JsonMetadataServices.ReadOnlyMemoryByteConverter),
    };

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Shapes.GetValueOrDefault(type)?.Invoke(options);
}
