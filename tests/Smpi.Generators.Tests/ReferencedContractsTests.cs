using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Smpi.Generators.Tests;

public sealed class ReferencedContractsTests
{
    private const string Contracts = """
        namespace Contracts;
        public sealed record ReadFile(string Path) : IRequest<FileText>;
        public sealed record FileText(string Path, string Text, Dictionary<string, int>? Marks = null)
        {
            public string Note { get; init; } = "none";
        }
        [SmpiError("gone")] public sealed record Gone(string Why);
        [SmpiRecord] public sealed record Marked(int A);
        [SmpiContract] public interface IFiles { Task<Listing> ListAsync(Folder folder); }
        public sealed record Folder(string Path);
        public sealed record Listing(string[] Names);
        """;

    private const string Context =
        "(System.Text.Json.JsonSerializerOptions options) : System.Text.Json.Serialization.JsonSerializerContext(options);";

    private const string Listed = "System.Text.Json.Serialization.JsonSerializable";

    private const string Nothing = "public static class Nothing;";

    private static readonly string[] Encodings = ["Smpi.Encodings.Json", "Smpi.Encodings.MessagePack", "Smpi.Encodings.Protobuf"];

    [Theory]
    [InlineData("MessagePack", true)]
    [InlineData("MessagePack", false)]
    [InlineData("Protobuf", true)]
    [InlineData("Protobuf", false)]
    public void Shapes_are_written_for_contracts_whose_project_lacks_the_encoding(string encoding, bool hasGenerator)
    {
        string shapes = Use(Nothing, Library(Contracts, hasGenerator, Encodings)).File($"Smpi.{encoding}.g.cs");
        foreach (string name in new[] { "ReadFile", "FileText", "Gone", "Marked", "Folder", "Listing" })
            Assert.Contains($"{encoding}Shapes.Register<global::Contracts.{name}>", shapes, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_plain_members_get_their_straight_way_to_JSON()
    {
        string shapes = Use(Nothing, Library(Contracts, true, Encodings)).File("Smpi.Json.g.cs");
        Assert.Contains("JsonShapes.Register<global::Contracts.ReadFile>", shapes, StringComparison.Ordinal);
    }

    [Fact]
    public void Contracts_that_have_shapes_are_left_alone() =>
        Assert.Empty(Use(Nothing, Library(Contracts, true)).Result.Results[0].GeneratedSources);

    [Fact]
    public void Committed_numbers_of_contracts_hold_where_their_shapes_are_written()
    {
        var locked = new LockText("Contracts.Sum.Left = 7 int\nContracts.Sum.Right = 8 int\n");
        const string Source = "namespace Contracts; public sealed record Sum(int Left, int Right) : IEvent;";
        MetadataReference library = Library(Source, true, Encodings, files: locked);
        string shapes = Use(Nothing, library).File("Smpi.Protobuf.g.cs");
        Assert.Contains("case 56:", shapes, StringComparison.Ordinal);
        Assert.DoesNotContain("case 8:", shapes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal sealed record Hidden(int A) : IEvent;", "Hidden is hidden in Library; make it public, or reference the encoding")]
    [InlineData("public sealed record Odd(object Any) : IEvent;", "Odd cannot travel as MessagePack: Odd.Any: object cannot travel")]
    [InlineData("public sealed record Made : IEvent { internal Made(int a) { } public int A { get; } }", "Made has no public constructor")]
    public void What_cannot_be_written_for_contracts_is_reported_where_reflection_is_off(string record, string sentence)
    {
        MetadataReference library = Library(record, true, Encodings);
        Diagnostic[] reported = [.. Use(Nothing, library, ("PublishAot", "true")).Diagnostics.Where(static d => d.Id == "SMPI0001")];
        Assert.Contains(reported, one => one.GetMessage(null).Contains(sentence, StringComparison.Ordinal));
        Assert.Empty(Use(Nothing, library).Diagnostics);
    }

    [Fact]
    public void A_change_of_the_program_reads_no_contracts_again()
    {
        CSharpCompilation before = Driver.Compile(Nothing).AddReferences(Library(Contracts, true, Encodings));
        GeneratorDriver driver = Driver.Of(new RecordGenerator()).RunGenerators(before);
        CSharpCompilation after = before.AddSyntaxTrees(Driver.Parse("public static class More;"));
        GeneratorRunResult run = driver.RunGenerators(after).GetRunResult().Results[0];
        IncrementalStepRunReason[] reasons =
            [.. run.TrackedSteps[RecordGenerator.Referenced].SelectMany(static s => s.Outputs).Select(static o => o.Reason)];
        Assert.Equal([IncrementalStepRunReason.Unchanged], reasons);
    }

    [Theory]
    [InlineData("PublishAot", "true")]
    [InlineData("PublishTrimmed", "true")]
    [InlineData("IsAotCompatible", "true")]
    [InlineData("JsonSerializerIsReflectionEnabledByDefault", "false")]
    public void JSON_without_a_context_is_reported_where_reflection_is_off(string property, string value)
    {
        const string Source = """
            public sealed record Own(int A) : IEvent;
            public static class Start { public static void With<T>(T builder) where T : ISmpiBuilder => builder.UseJson(); }
            """;
        MetadataReference library = Library(Contracts, true, Encodings);
        Diagnostic reported = Assert.Single(Use(Source, library, (property, value)).Diagnostics);
        Assert.Equal(("SMPI0050", DiagnosticSeverity.Warning), (reported.Id, reported.Severity));
        Assert.StartsWith("UseJson() has no JsonSerializerContext, so JSON fails", reported.GetMessage(null), StringComparison.Ordinal);
        foreach (string name in new[] { "Own", "Contracts.ReadFile", "Contracts.FileText", "Contracts.Listing" })
            Assert.Contains($"[JsonSerializable(typeof({name}))]", reported.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(Use(Source, library).Diagnostics);
    }

    [Theory]
    [InlineData("builder.UseJson()", true)]
    [InlineData("builder.UseJson((JsonEncodingOptions?)null)", false)]
    [InlineData("builder.UseJson(options: null)", true)]
    [InlineData("builder.UseJson(new JsonEncodingOptions { Depth = 3 })", true)]
    [InlineData("builder.UseJson(new JsonEncodingOptions { Contexts = [] })", false)]
    [InlineData("builder.UseJson(given)", false)]
    [InlineData("builder.UseJson(context)", false)]
    [InlineData("builder.AddJson()", true)]
    [InlineData("new JsonEncoding()", true)]
    [InlineData("new JsonEncoding(context)", false)]
    public void Only_calls_that_surely_have_no_context_are_reported(string call, bool isReported)
    {
        Generated run = Use($$"""
            public sealed record Own(int A) : IEvent;
            public abstract class AppJson{{Context}}
            public static class Start
            {
                public static object With<T>(T builder, JsonEncodingOptions given, AppJson context)
                    where T : ISmpiBuilder, IProviderRegistry => {{call}};
            }
            """, null, ("PublishAot", "true"));
        Assert.Equal(isReported, run.Diagnostics.Any(static d => d.Id == "SMPI0050"));
    }

    [Theory]
    [InlineData("Own", "give it Known.Default")]
    [InlineData("string", "give it Known.Default, with [JsonSerializable(typeof(Own))]")]
    public void A_context_that_is_there_is_named(string type, string sentence)
    {
        Generated run = Use($$"""
            public sealed record Own(int A) : IEvent;
            [{{Listed}}(typeof({{type}}))] internal abstract class Known{{Context}}
            public static class Start { public static JsonEncoding Make() => new JsonEncoding(); }
            """, null, ("PublishAot", "true"));
        Assert.EndsWith(sentence, Assert.Single(run.Diagnostics).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_lacks_records_of_contracts_is_reported_where_reflection_is_off()
    {
        const string Source = $"[{Listed}(typeof(Contracts.ReadFile))] internal abstract class Known{Context}";
        MetadataReference library = Library(Contracts, true, Encodings);
        Diagnostic reported = Assert.Single(Use(Source, library, ("PublishAot", "true")).Diagnostics);
        Assert.Equal("SMPI0002", reported.Id);
        Assert.StartsWith("Known lacks FileText, Gone, Marked, Folder, Listing: ", reported.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(Use(Source, library).Diagnostics);
    }

    [Theory]
    [InlineData("builder.AddAll()", false, true)]
    [InlineData("SmpiChannel.ConnectAsync(\"tcp://127.0.0.1:1\")", false, true)]
    [InlineData("builder.AddAll().AddJson(context)", true, false)]
    public void JSON_among_all_others_is_reported_unless_a_context_is_beside_it(string call, bool hasContext, bool isReported)
    {
        MetadataReference all = Library("""
            namespace Smpi;
            public static class AllProviders { public static T AddAll<T>(this T builder) => builder; }
            public static class SmpiChannelExtensions { extension(SmpiChannel) { public static object ConnectAsync(string to) => to; } }
            """, false, null, "Smpi.All");
        Generated run = Use($$"""
            public sealed record Own(int A) : IEvent;
            {{(hasContext ? $"[{Listed}(typeof(Own))]" : "")}} public abstract class Known{{Context}}
            public static class Start { public static object With<T>(T builder, Known context) where T : IProviderRegistry => {{call}}; }
            """, all, ("PublishAot", "true"));
        Assert.Equal(isReported ? ["SMPI0050"] : [], run.Diagnostics.Select(static d => d.Id));
    }

    // A reference assembly, as a build hands it on: without bodies and private members.
    private static PortableExecutableReference Library(
        string source, bool hasGenerator, string[]? without = null, string name = "Library", params AdditionalText[] files)
    {
        CSharpCompilation compilation = Driver.Compile(source, name).Without(without ?? []);
        Compilation built = hasGenerator ? Driver.Run(new RecordGenerator(), compilation, files).Compilation : compilation;
        using var image = new MemoryStream();
        Assert.True(built.Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: false)).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Generated Use(string source, MetadataReference? library, params (string Name, string Value)[] properties)
    {
        CSharpCompilation compilation = Driver.Compile(source);
        if (library is not null) compilation = compilation.AddReferences(library);
        return Driver.Run(new RecordGenerator(), compilation, new BuildProperties(properties));
    }
}
