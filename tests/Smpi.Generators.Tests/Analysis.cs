using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators.Tests;

/// <summary>Runs the analyzers over source text.</summary>
internal static class Analysis
{
    private static readonly DiagnosticAnalyzer[] All = [new ContractAnalyzer(), new ContractUseAnalyzer(), new SharedSubjectAnalyzer(), new HandlerAnalyzer(), new HandlerResultAnalyzer()];

    public static IEnumerable<DiagnosticDescriptor> Rules => All.SelectMany(static analyzer => analyzer.SupportedDiagnostics);

    /// <summary>What the analyzers of contracts and handlers report, in order of the source.</summary>
    public static async Task<Diagnostic[]> OfAsync(string source, bool mayHaveErrors = false)
    {
        Compilation compilation = Driver.Compile(source);
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(mayHaveErrors || errors.Length == 0, string.Join("\n", errors.Select(static e => e.ToString())));
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([.. All], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return [.. (await analyzed.GetAnalyzerDiagnosticsAsync()).OrderBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal)];
    }
}
