using System.Text.Json;
using System.Text.Json.Serialization;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

/// <summary>Records that the serializer treats in a way of its own.</summary>
public sealed record Ordered([property: JsonPropertyOrder(2)] int A, [property: JsonPropertyOrder(1)] int B);

public sealed record Named([property: JsonPropertyName("größe")] int Size);

public sealed record Marked([property: JsonPropertyName("$id")] int Id);

public sealed record Sparse([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text, int Id);

public sealed record Converted([property: JsonConverter(typeof(Hex))] int Id);

public sealed record Quoted([property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] int Id);

public sealed record Rest(int Id)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

public sealed class Filled
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<int> Items { get; set; } = [1];
}

public sealed class Called : IJsonOnDeserialized
{
    public int Id { get; set; }

    public void OnDeserialized() => Id++;
}

[JsonConverter(typeof(Whole))]
public sealed record Foreign(int Id);

/// <summary>Has a member that only the serializer sees.</summary>
public sealed class Hidden
{
    public int Id { get; set; }

    [JsonInclude]
    internal int Secret { get; set; } = 5;
}

/// <summary>The order of the constructor is not that of the members.</summary>
public sealed class Chosen(int second, int first)
{
    public int First { get; } = first;

    public int Second { get; } = second;
}

public sealed record Sized(Size Size);

public sealed record Colours(Colour Colour);

/// <summary>Holds something special.</summary>
public sealed record Holder(Row Row, Quoted? Quoted);

[JsonDerivedType(typeof(Dog), "dog")]
public record Animal(string Name);

public sealed record Dog(string Name, int Age) : Animal(Name);

public sealed record Owner(Animal? Pet);

public sealed class Hex : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Convert.ToInt32(reader.GetString(), 16);

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteStringValue($"{value:x}");
}

public sealed class Whole : JsonConverter<Foreign>
{
    public override Foreign Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, Foreign value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Id);
}
