namespace Smpi.Encodings.Json.Tests;

/// <summary>Sentences give a remedy that works here, and none of the serializer's own options.</summary>
public sealed class AdviceTests
{
    [Fact]
    public void A_cycle_is_named_with_what_to_do()
    {
        var ring = new Ring();
        ring.Next = ring;
        Says(() => Coding.Reflected.Bytes(ring), "contains itself", "JsonEncodingOptions.Depth");
    }

    [Fact]
    public void Depth_is_named_with_its_option()
    {
        Says(() => Coding.Reflected.Parse<Chain>(string.Concat(Enumerable.Repeat("{\"next\":", 65)) + "null" + new string('}', 65)),
            "deeper than 64", "JsonEncodingOptions.Depth");
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_what_to_do() =>
        Says(() => Coding.Reflected.Bytes(double.NaN), "NaN", "MessagePack");

    [Fact]
    public void A_type_without_a_constructor_is_named_with_what_to_do() =>
        Says(() => Coding.Reflected.Parse<Closed>("{}"), nameof(Closed), "[JsonConstructor]");

    [Fact]
    public void An_abstract_type_is_named_with_what_to_do() =>
        Says(() => Coding.Reflected.Parse<IShape>("{}"), nameof(IShape), "[JsonDerivedType");

    [Fact]
    public void A_case_that_is_not_listed_is_named_with_what_to_do() =>
        Says(() => Coding.Reflected.Bytes<Shape>(new Triangle(1)), nameof(Triangle), "[JsonDerivedType");

    private static void Says(Action action, params string[] parts)
    {
        EncodingException error = Assert.Throws<EncodingException>(action);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        foreach (string foreign in new[] { "ReferenceHandler", "JsonNumberHandling", "JsonSerializerOptions", "source gen",
            "TypeInfoResolver", "annotation" })
            Assert.DoesNotContain(foreign, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    public interface IShape;

    public sealed class Ring
    {
        public Ring? Next { get; set; }
    }

    public sealed class Closed
    {
        private Closed()
        {
        }
    }

    public sealed record Triangle(int Side) : Shape;
}
