using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators.Tests;

public sealed class RecordGeneratorTests
{
    [Fact]
    public void Answers_that_are_declared_as_nullable_may_be_null()
    {
        Generated run = Driver.Run(new RecordGenerator(), """
            public sealed record Note(int Id);
            public sealed record Find(int Id) : IRequest<Note?>;
            public sealed record Get(int Id) : IRequest<Get2>;
            public sealed record Get2(int Id);
            [SmpiContract]
            public interface INotes { Task<Entry?> FindAsync(Get2 get); }
            public sealed record Entry(int Id);
            """);
        string nulls = run.File("Smpi.Nulls.g.cs");
        Assert.Contains("NullBodies.Allow<global::Note>();", nulls, StringComparison.Ordinal);
        Assert.Contains("NullBodies.Allow<global::Entry>();", nulls, StringComparison.Ordinal);
        Assert.DoesNotContain("Allow<global::Get", nulls, StringComparison.Ordinal);
    }

    private const string Files = """
        [SmpiMessage("files.read")] public sealed record ReadFile(string Path) : IRequest<FileText>;
        public sealed record FileText(string Path, string Text);
        public sealed record Tail(string Path) : IStreamRequest<LogLine>;
        public sealed record LogLine(string Text) : IEvent;
        [Idempotent] public sealed record Upload(string Name) : IClientStreamRequest<LogLine, FileText>;
        internal sealed record Chat : IDuplexRequest<LogLine, FileText>;
        public sealed record Ping : IRequest;
        """;

    private static Generated Run(string source) => Driver.Run(new RecordGenerator(), source);

    [Fact]
    public void Calls_of_exact_types_win_over_those_that_infer_the_answer()
    {
        Generated run = Run(Files + """

            public static class Use
            {
                public static ValueTask<FileText> Read(ICaller caller) => caller.RequestAsync(new ReadFile("a"), CancellationToken.None);
                public static ValueTask<FileText> With(ICaller caller) => caller.RequestAsync(new ReadFile("a"), CallOptions.Default);
                public static IAsyncEnumerable<LogLine> Follow(ISmpiChannel caller) => caller.StreamAsync(new Tail("a"));
                public static ValueTask<FileText> Send(ICaller caller, IAsyncEnumerable<LogLine> lines) => caller.RequestAsync(new Upload("a"), lines);
                internal static IAsyncEnumerable<FileText> Talk(ICaller caller, IAsyncEnumerable<LogLine> lines) => caller.StreamAsync(new Chat(), lines);
                public static ValueTask<Empty> Ask(ICaller caller) => caller.RequestAsync(new Ping());
            }
            """);
        foreach (SyntaxTree tree in run.Compilation.SyntaxTrees.Take(1))
        {
            SemanticModel model = run.Compilation.GetSemanticModel(tree);
            IMethodSymbol[] called = [.. tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => (IMethodSymbol)model.GetSymbolInfo(call).Symbol!)];
            Assert.Equal(6, called.Length);
            Assert.All(called, static method => Assert.Equal("CallsOf_Sample", method.ContainingType.Name));
        }
    }

    [Theory]
    [InlineData("\"files.read\"")]
    [InlineData("\"tail\"")]
    [InlineData("CallOptions.ForTyped(options, false)")]
    public void Calls_carry_the_subject_and_the_defaults(string part) => Assert.Contains(part, Run(Files).File("Smpi.Calls.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void A_shape_is_written_for_every_record_that_travels()
    {
        string shapes = Run(Files).File("Smpi.MessagePack.g.cs");
        foreach (string name in new[] { "ReadFile", "FileText", "Tail", "LogLine", "Upload", "Chat", "Ping" })
            Assert.Contains($"class {name}_Shape ", shapes, StringComparison.Ordinal);
        Assert.DoesNotContain("Empty_Shape", shapes, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_stand_in_a_shape_as_they_are_sent()
    {
        string shapes = Run("""
            using System.Text.Json.Serialization;
            public sealed record A(int Id, [property: JsonPropertyName("größe")] int Size, [property: JsonPropertyName("a name that is longer than thirty-one octets")] int Long) : IEvent;
            """).File("Smpi.MessagePack.g.cs");
        foreach (string key in new[] { "0xa2, 0x69, 0x64 }", "0xa7, 0x67, 0x72, 0xc3, 0xb6, 0xc3, 0x9f, 0x65 }", "0xd9, 0x2c, 0x61, 0x20, 0x6e, " })
        {
            Assert.Contains($"Put(room, (global::System.ReadOnlySpan<byte>)new byte[] {{ {key}", shapes, StringComparison.Ordinal);
            Assert.Contains($"TryTake(ref rest0, (global::System.ReadOnlySpan<byte>)new byte[] {{ {key}", shapes, StringComparison.Ordinal);
            Assert.Contains($"reader.TryReadKey(new byte[] {{ {key}", shapes, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("int C", 3)]
    [InlineData("[property: System.Text.Json.Serialization.JsonPropertyName(\"a\")] int C", 2)]
    public void A_name_is_tried_once_before_the_search(string third, int tried) =>
        Assert.Equal(tried, Run($"public sealed record R(int A, int B, {third}) : IEvent;").File("Smpi.MessagePack.g.cs").Split("TryReadKey").Length - 1);

    [Fact]
    public void A_large_record_is_tried_in_order_at_its_beginning_only()
    {
        string members = string.Join(", ", Enumerable.Range(0, 100).Select(static i => $"int M{i}"));
        Assert.Equal(32, Run($"public sealed record Large({members}) : IEvent;").File("Smpi.MessagePack.g.cs").Split("TryReadKey").Length - 1);
    }

    [Fact]
    public void Names_that_are_keywords_and_types_within_types_are_no_trouble()
    {
        string shapes = Run("""
            namespace @event
            {
                public static class Outer
                {
                    public sealed record @class(int @int, string @object, @class? Inner, Page<Dictionary<string, int?[]>> Page) : IEvent;
                    internal readonly record struct Pair(int A, byte[] B) : IEvent;
                }
                public sealed record Page<T>(IReadOnlyList<T> Items, int Total = 3, double Ratio = double.NaN, char Sign = '\n', decimal Price = 1.50m, string Text = "a\"b", ulong Huge = ulong.MaxValue);
            }
            """).File("Smpi.MessagePack.g.cs");
        Assert.Contains("event_Outer_class_Shape", shapes, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_code_cannot_name_are_left_to_reflection()
    {
        Generated run = Run("public static class Outer { private sealed record Hidden(int A) : IRequest<int>; } public sealed record Open<T>(T Value) : IRequest<T>;");
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Result.Results[0].GeneratedSources);
    }

    [Theory]
    [InlineData("public sealed record A(object Value) : IEvent;", "A.Value: object cannot travel")]
    [InlineData("public sealed record A(B Part) : IEvent; public abstract record B;", "A.Part: B is abstract; list its cases")]
    [InlineData("public sealed record A(Dictionary<List<int>, int> Map) : IEvent;", "A.Map: a dictionary with keys of List cannot travel")]
    [InlineData("public sealed class A : IEvent { public A(int x) { } public A(string y) { } }", "A has several public constructors")]
    [InlineData("public sealed class A(int hidden) : IEvent { public int Known => hidden; }", "the parameter 'hidden' of the constructor of A has no public property")]
    [InlineData("public sealed record A(Func<int> Later) : IEvent;", "A.Later: System.Func<int> cannot travel")]
    public void What_cannot_travel_is_reported_with_the_way_to_it(string source, string sentence)
    {
        Diagnostic reported = Assert.Single(Run(source).Diagnostics);
        Assert.Equal("SMPI0001", reported.Id);
        Assert.Contains(sentence, reported.GetMessage(null), StringComparison.Ordinal);
        Assert.True(reported.Location.GetLineSpan().IsValid);
    }

    [Fact]
    public void Values_of_no_fixed_type_are_left_to_JSON() =>
        Assert.Empty(Run("public sealed record A(System.Text.Json.JsonElement Any) : IEvent;").Diagnostics);

    [Fact]
    public void A_type_named_on_the_assembly_gets_a_shape() =>
        Assert.Contains("Register<global::System.Collections.Generic.List<global::Row>>", Run("[assembly: SmpiRecord(typeof(List<Row>))] public sealed record Row(int A);").File("Smpi.MessagePack.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void Records_missing_from_the_JSON_context_are_listed()
    {
        Diagnostic reported = Assert.Single(Run(Files + """

            [System.Text.Json.Serialization.JsonSerializable(typeof(ReadFile))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(List<LogLine>))]
            internal abstract class Known(System.Text.Json.JsonSerializerOptions options) : System.Text.Json.Serialization.JsonSerializerContext(options);
            """).Diagnostics);
        Assert.Equal("SMPI0002", reported.Id);
        Assert.Contains("Known lacks FileText, Tail, Upload, Chat, Ping", reported.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_JSON_context_for_something_else_is_let_alone() =>
        Assert.Empty(Run(Files + """

            public sealed record Settings(int A);
            [System.Text.Json.Serialization.JsonSerializable(typeof(Settings))]
            internal abstract class Known(System.Text.Json.JsonSerializerOptions options) : System.Text.Json.Serialization.JsonSerializerContext(options);
            """).Diagnostics);

    [Fact]
    public void An_edit_elsewhere_costs_no_new_source()
    {
        CSharpCompilation before = Driver.Compile(Files);
        GeneratorDriver driver = Driver.Of(new RecordGenerator()).RunGenerators(before);
        CSharpCompilation after = before.AddSyntaxTrees(Driver.Parse("public static class Unrelated { public static int Two => 2; }"));
        GeneratorRunResult run = driver.RunGenerators(after).GetRunResult().Results[0];
        Assert.All(run.TrackedSteps[RecordGenerator.Roots].SelectMany(static s => s.Outputs), static o =>
            Assert.True(o.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, o.Reason.ToString()));
        Assert.All(run.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs), static o =>
            Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }
}
