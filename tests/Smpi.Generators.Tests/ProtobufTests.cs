using Microsoft.CodeAnalysis;

namespace Smpi.Generators.Tests;

public sealed class ProtobufTests
{
    private const string File = "Smpi.Protobuf.g.cs";

    [Fact]
    public void Numbers_follow_the_order_of_declaration_and_the_lock()
    {
        const string Source = "public sealed record Reading(int Id, string Name) : IEvent { public double? Value { get; init; } }";
        Assert.Contains("1 => \"Id\", 2 => \"Name\", 3 => \"Value\", _ => null", Run(Source).File(File), StringComparison.Ordinal);
        string locked = Run(Source, new LockText("Reading.Id = 2 int\nReading.Value = 5 double\nreserved Reading = 6\nReading.Name = 7 string")).File(File);
        Assert.Contains("2 => \"Id\", 7 => \"Name\", 5 => \"Value\", _ => null", locked, StringComparison.Ordinal);
        Assert.Contains("writer.WriteDouble(5, ", locked, StringComparison.Ordinal);
    }

    [Fact]
    public void Scalars_are_written_in_place_and_the_rest_by_shapes()
    {
        string text = Run("public sealed record Reading([Field(9)] int Id, string? Name, List<Guid> Keys) : IEvent;").File(File);
        Assert.Contains("writer.WriteInt32(9, t0);", text, StringComparison.Ordinal);
        Assert.Contains("case 72:", text, StringComparison.Ordinal);
        Assert.Contains("if (value.@Name is { } t1) writer.WriteString(2, t1);", text, StringComparison.Ordinal);
        Assert.Contains("global::Smpi.ProtobufShapes.List<global::System.Collections.Generic.List<global::System.Guid>, global::System.Guid>(System_Guid)", text, StringComparison.Ordinal);
        Assert.Contains("global::Smpi.ProtobufShapes.Register<global::Reading>(Reading);", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public record Base { public int Old { get; init; } } public sealed record A(int Id) : Base, IEvent;", "come from a base or stand in several parts")]
    [InlineData("public sealed partial record A(int Id) : IEvent { public int One { get; init; } } public sealed partial record A { public int Two { get; init; } }", "come from a base or stand in several parts")]
    [InlineData("public sealed record A([Field(19500)] int Id) : IEvent;", "A.Id has the number 19500")]
    public void What_has_no_numbers_is_reported(string source, string sentence)
    {
        Generated generated = Run(source);
        Diagnostic reported = Assert.Single(generated.Diagnostics);
        Assert.Equal("SMPI0001", reported.Id);
        Assert.Contains($"A cannot travel as Protobuf: ", reported.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain("A_Shape", generated.File(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public record Base { [Field(4)] public int Old { get; init; } } public sealed record A(int Id) : Base, IEvent;", "4 => \"Old\"")]
    [InlineData("public abstract record Base(int Id); public sealed record A(int Id, string Text) : Base(Id), IEvent;", "1 => \"Id\", 2 => \"Text\"")]
    [InlineData("public sealed partial record A(int Id) : IEvent { public int One { get; init; } } public sealed partial record A { public int Sum => Id + One; }", "1 => \"Id\", 2 => \"One\", _")]
    public void What_has_numbers_gets_a_shape(string source, string part)
    {
        Generated generated = Run(source);
        Assert.Empty(generated.Diagnostics);
        Assert.Contains(part, generated.File(File), StringComparison.Ordinal);
    }

    private static Generated Run(string source, params AdditionalText[] files) => Driver.Run(new RecordGenerator(), source, files);
}
