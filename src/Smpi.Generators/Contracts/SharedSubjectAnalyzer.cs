using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators;

/// <summary>Reports methods of contracts that have the subject of a record or of another contract in the compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedSubjectAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Shared = new(
        "SMPI0025", "A contract has the subject of something else", "'{0}' has the subject '{1}' of '{2}': one side cannot answer both, so give one of them another subject",
        Rules.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: "docs/diagnostics/SMPI0025.md", customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Shared];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<Use> uses = [];
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, uses), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, uses));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<Use> uses)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            if (!type.Has(ContractReader.Attribute)) return;
            foreach ((IMethodSymbol method, ContractMethod model) in ContractReader.Read(type).Methods)
            {
                // A method of a base contract has one subject wherever it is inherited.
                bool isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, type);
                if (!isOwn && method.ContainingType.Has(ContractReader.Attribute)) continue;
                uses.Add(new Use(model.Subject, model.Kind == ContractCallKind.OneWay, Names.Of(type), $"{type.Name}.{method.Name}", (isOwn ? (ISymbol)method : type).Locations[0], IsContract: true));
            }

            return;
        }

        foreach (INamedTypeSymbol known in type.AllInterfaces)
        {
            if (known.Namespace() != "Smpi" || known.Name is not ("IRequest" or "IStreamRequest" or "IClientStreamRequest" or "IDuplexRequest" or "IEvent")) continue;
            uses.Add(new Use(Subjects.Of(type), known.Name == "IEvent", Names.Of(type), type.Name, type.Locations[0], IsContract: false));
            return;
        }
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<Use> uses)
    {
        foreach (IGrouping<(string Subject, bool IsEvent), Use> group in uses.GroupBy(static use => (use.Subject, use.IsEvent)))
        {
            // Records first: what is reported is always a contract.
            Use[] ordered = [.. group.OrderBy(static use => use.IsContract).ThenBy(static use => use.Name, StringComparer.Ordinal)];
            foreach (Use use in ordered.Skip(1).Where(use => use.IsContract && use.Owner != ordered[0].Owner))
            {
                context.ReportDiagnostic(Diagnostic.Create(Shared, use.Where, use.Name, use.Subject, ordered[0].Name));
            }
        }
    }

    private sealed record Use(string Subject, bool IsEvent, string Owner, string Name, Location Where, bool IsContract);
}
