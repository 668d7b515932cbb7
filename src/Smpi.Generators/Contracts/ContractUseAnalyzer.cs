using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Smpi.Generators;

/// <summary>Reports proxies and implementations of types that are no contracts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractUseAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NoContract = Rules.Of(
        "SMPI0028", "The type is no contract", "'{0}' is no contract: name an interface with [SmpiContract]", DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NoContract];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    /// <summary>The contract that a call of <c>Proxy</c>, <c>AddProxy</c> or <c>Implement</c> names; null for other calls.</summary>
    public static ITypeSymbol? Contract(IMethodSymbol method)
    {
        if (!method.IsGenericMethod || method.ContainingType.Namespace() != "Smpi") return null;
        if (method.ContainingType.Name is not ("ContractCalls" or "ImplementExtensions" or "ContractServiceExtensions")) return null;
        return method.TypeParameters[0].Name == "TContract" ? method.TypeArguments[0] : null;
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        IMethodSymbol method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (Contract(method) is not { TypeKind: not (TypeKind.TypeParameter or TypeKind.Error) } type) return;
        if (type.TypeKind == TypeKind.Interface && type.Has(ContractReader.Attribute)) return;
        context.ReportDiagnostic(Diagnostic.Create(NoContract, context.Operation.Syntax.GetLocation(), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }
}
