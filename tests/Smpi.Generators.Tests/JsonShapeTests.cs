using Microsoft.CodeAnalysis;

namespace Smpi.Generators.Tests;

public sealed class JsonShapeTests
{
    private const string Json = "Smpi.Encodings.Json";
    private const string MessagePack = "Smpi.Encodings.MessagePack";
    private const string Protobuf = "Smpi.Encodings.Protobuf";

    [Theory]
    [InlineData(Json, "Smpi.Json.g.cs")]
    [InlineData(MessagePack, "Smpi.MessagePack.g.cs")]
    [InlineData(Protobuf, "Smpi.Protobuf.g.cs")]
    [InlineData("", "")]
    public void Shapes_are_written_for_the_encodings_that_are_referenced(string encoding, string file)
    {
        string[] others = [.. new[] { Json, MessagePack, Protobuf }.Where(name => name != encoding)];
        Generated run = Driver.Run(new RecordGenerator(), Driver.Compile("public sealed record Row(int Id, string Name, List<Row> Rows) : IEvent;").Without(others));
        Assert.Equal(file.Length == 0 ? [] : [file], run.Result.Results[0].GeneratedSources.Select(static source => source.HintName));
    }

    [Fact]
    public void Members_are_written_with_their_names_as_they_are_sent()
    {
        string shapes = Shapes("public sealed record Row(int Id, [property: System.Text.Json.Serialization.JsonPropertyName(\"full-name\")] string Name) : IEvent;");
        Assert.Contains("writer.TryBegin(\"{\\\"id\\\":\"u8)", shapes, StringComparison.Ordinal);
        Assert.Contains("reader.TryReadName(\",\\\"full-name\\\":\"u8)", shapes, StringComparison.Ordinal);
        Assert.Contains("Register<global::Row>(Row)", shapes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Text.Json.JsonElement Any")]
    [InlineData("Dictionary<string, int> Map")]
    [InlineData("byte[] Octets")]
    [InlineData("TimeSpan Time")]
    [InlineData("DayOfWeek Day, Wide Wide")]
    [InlineData("Shape Shape")]
    [InlineData("[property: System.Text.Json.Serialization.JsonPropertyName(\"größe\")] int Size")]
    [InlineData("[property: System.Text.Json.Serialization.JsonPropertyName(\"a\\\"b\")] int Size")]
    [InlineData("[property: System.Text.Json.Serialization.JsonIgnore] int Size")]
    [InlineData("Left Left")]
    public void A_record_with_anything_else_is_left_to_the_serializer_without_a_word(string members)
    {
        Generated run = Driver.Run(new RecordGenerator(), $$"""
            public sealed record Row({{members}}) : IEvent;
            public sealed record Left(HashSet<int> Set);
            public sealed record Plain(int Id) : IEvent;
            public enum Wide : long { One }
            [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
            public sealed record Circle(double Radius) : Shape;
            """);
        string shapes = run.File("Smpi.Json.g.cs");
        Assert.DoesNotContain("class Row_Shape", shapes, StringComparison.Ordinal);
        Assert.Contains("class Plain_Shape", shapes, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Diagnostics, static one => one.GetMessage(null).Contains("JSON", StringComparison.Ordinal) && !one.GetMessage(null).Contains("JsonElement", StringComparison.Ordinal));
    }

    [Fact]
    public void Structs_are_made_without_their_constructor_as_the_serializer_makes_them()
    {
        string shapes = Shapes("public readonly record struct Spot(int X, int Y) : IEvent; public sealed record Row(int Id, string Name) : IEvent { public int More { get; init; } public int Sum => Id + More; }");
        Assert.Contains("new global::Spot() { @X = v0, @Y = v1 }", shapes, StringComparison.Ordinal);
        Assert.Contains("new global::Row(v0, v1) { @More = v2 }", shapes, StringComparison.Ordinal);
    }

    private static string Shapes(string source) => Driver.Run(new RecordGenerator(), source).File("Smpi.Json.g.cs");
}
