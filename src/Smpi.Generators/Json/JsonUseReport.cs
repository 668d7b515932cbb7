using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Reports JSON without a context in projects that run where reflection is off.</summary>
internal static class JsonUseReport
{
    private static readonly DiagnosticDescriptor NoContext = Rules.Of(
        "SMPI0050", "JSON has no context where reflection is off",
        "{0} has no JsonSerializerContext, so JSON fails at the first call where reflection is off (NativeAOT, trimming): give it {1}",
        DiagnosticSeverity.Warning);

    /// <summary>Reports each place.</summary>
    /// <param name="output">Takes the diagnostics.</param>
    /// <param name="uses">The places.</param>
    /// <param name="roots">What travels, in this project and in those that it references.</param>
    /// <param name="contexts">The project's own contexts.</param>
    /// <param name="known">The types that contexts of referenced assemblies know.</param>
    public static void Report(
        SourceProductionContext output, EquatableArray<JsonUse> uses, EquatableArray<RootModel> roots, EquatableArray<JsonContext> contexts,
        IEnumerable<string> known)
    {
        if (uses.Count == 0 || roots.Count == 0) return;
        TypeModel[] missing = [.. JsonContexts.Missing(roots, new([.. contexts.SelectMany(static c => c.Types), .. known]))];
        string remedy = (missing.Length, contexts.Count) switch
        {
            (0, 0) => "the context of the contracts",
            (0, _) => $"{contexts[0].Name}.Default",
            (_, 0) => $"one with {JsonContexts.Attributes(missing)}",
            _ => $"{contexts[0].Name}.Default, with {JsonContexts.Attributes(missing)}",
        };
        bool hasContext = uses.Any(static u => u.Kind == JsonUseKind.WithContext);
        foreach (JsonUse use in uses.Where(u => u.Kind == JsonUseKind.WithoutContext || (u.Kind == JsonUseKind.Hidden && !hasContext)))
            output.ReportDiagnostic(Diagnostic.Create(NoContext, use.Where.ToLocation(), use.Call, remedy));
    }
}
