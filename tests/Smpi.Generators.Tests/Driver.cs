using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Smpi.Generators.Tests;

/// <summary>Runs generators over source text, with the references that a program of Smpi has.</summary>
internal static class Driver
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using Smpi;";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Smpi.Generators", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(string source, string name = "Sample") => CSharpCompilation.Create(
        name,
        [Parse(source), Parse(Usings)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Takes references out of a compilation.</summary>
    public static CSharpCompilation Without(this CSharpCompilation compilation, params string[] assemblies) =>
        compilation.RemoveReferences(compilation.References.Where(reference => assemblies.Contains(Path.GetFileNameWithoutExtension(reference.Display))));

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), source.GetHashCode(StringComparison.Ordinal) + ".cs");

    /// <summary>Runs a generator; what it wrote must compile without errors.</summary>
    public static Generated Run(IIncrementalGenerator generator, string source, params AdditionalText[] files) => Run(generator, Compile(source), files);

    /// <summary>Runs a generator; what it wrote must compile without errors.</summary>
    public static Generated Run(IIncrementalGenerator generator, CSharpCompilation compilation, params AdditionalText[] files) =>
        Run(Of(generator).AddAdditionalTexts([.. files]), compilation);

    /// <summary>Runs a generator in a build with properties; what it wrote must compile without errors.</summary>
    public static Generated Run(IIncrementalGenerator generator, CSharpCompilation compilation, BuildProperties properties) =>
        Run(Of(generator).WithUpdatedAnalyzerConfigOptions(properties), compilation);

    private static Generated Run(GeneratorDriver started, CSharpCompilation compilation)
    {
        GeneratorDriver driver = started.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Diagnostic[] errors = [.. output.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join("\n", errors.Select(static e => e.ToString())));
        return new Generated(output, diagnostics, driver.GetRunResult());
    }

    public static GeneratorDriver Of(IIncrementalGenerator generator) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.Preview),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
