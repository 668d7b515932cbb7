using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Smpi.Generators;

/// <summary>Reports subjects that have two handlers on one builder.</summary>
/// <remarks>It looks at calls that surely run together: those on one variable, or one chain, within one block.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Twice = Rules.Of(
        "SMPI0011", "A subject has two handlers", "The subject '{0}' has a handler already: remove one, or give one of the records another subject with [SmpiMessage]", DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Twice];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationBlockAction(Analyze);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        IEnumerable<HandlerCall> calls = context.OperationBlocks
            .SelectMany(static block => block.DescendantsAndSelf().OfType<IInvocationOperation>())
            .Select(HandlerCall.Of).OfType<HandlerCall>()
            .OrderBy(static call => call.Call.Syntax.Span.End);
        HashSet<(object Builder, SyntaxNode Region, string Subject)> known = [];
        foreach (HandlerCall call in calls)
        {
            foreach (string subject in call.Subjects)
            {
                if (!known.Add((call.Builder, call.Region, subject)))
                    context.ReportDiagnostic(Diagnostic.Create(Twice, HandlerResultAnalyzer.Name(call.Call.Syntax).GetLocation(), subject));
            }
        }
    }
}
