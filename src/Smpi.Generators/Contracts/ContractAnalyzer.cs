using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators;

/// <summary>Reports what is wrong with contract interfaces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        ContractRules.CannotTravel, ContractRules.NoRecord, ContractRules.SeveralRecords, ContractRules.NotRecord, ContractRules.SubjectTwice, ContractRules.Generic,
        ContractRules.Hidden, ContractRules.OneWay, ContractRules.Idempotent, ContractRules.Result, ContractRules.EmptySubject,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (context.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Interface } contract || !contract.Has(ContractReader.Attribute)) return;
        foreach (ContractProblem problem in ContractReader.Read(contract).Problems)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(problem.Where, contract) || SymbolEqualityComparer.Default.Equals(problem.Where.ContainingType, contract);

            // What a base contract of the same compilation has wrong is said there.
            bool isSaidElsewhere = !isOwn && problem.Where.ContainingType is { } declaring && declaring.Has(ContractReader.Attribute) && declaring.Locations[0].IsInSource;
            if (isSaidElsewhere && problem.Rule != ContractRules.SubjectTwice) continue;
            context.ReportDiagnostic(Diagnostic.Create(problem.Rule, (isOwn ? problem.Where : contract).Locations[0], problem.Arguments));
        }
    }
}
