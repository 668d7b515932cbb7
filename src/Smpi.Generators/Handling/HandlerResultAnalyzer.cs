using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Smpi.Generators;

/// <summary>Reports handlers whose result is not what their request asks for, in the words of Smpi.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerResultAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Misfit = Rules.Of(
        "SMPI0010", "The result of a handler does not fit its request", "The handler of '{0}' answers with '{1}', and the request asks for '{2}'", DiagnosticSeverity.Warning);

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["Handle"] = "IRequest",
        ["HandleStream"] = "IStreamRequest",
        ["HandleClientStream"] = "IClientStreamRequest",
        ["HandleDuplex"] = "IDuplexRequest",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Misfit];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
    }

    /// <summary>The part of a call to underline: the name of the method.</summary>
    public static SyntaxNode Name(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call;

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax access || !Requests.TryGetValue(access.Name.Identifier.ValueText, out string? contract)) return;
        SymbolInfo called = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);
        if (called.Symbol is IMethodSymbol method)
        {
            // By subject the compiler takes any two types together.
            bool isBySubject = HandlerCall.IsHandle(method) && method.Parameters.Any(static p => p.Name == "subject");
            if (isBySubject && HandlerCall.Argument(method, "TRequest") is { } by && (HandlerCall.Argument(method, "TResponse") ?? HandlerCall.Argument(method, "TOut")) is { } with)
                Compare(context, access.Name, by, contract, with);
            return;
        }

        if (call.ArgumentList.Arguments.Count == 0 || call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression is not ParenthesizedLambdaExpressionSyntax lambda) return;
        if (lambda.ParameterList.Parameters.Count == 0 || lambda.ParameterList.Parameters[0].Type is not { } first) return;
        if (context.SemanticModel.GetTypeInfo(first, context.CancellationToken).Type is not INamedTypeSymbol request) return;
        if (Answer(context, lambda) is { } answer) Compare(context, access.Name, request, contract, answer);
    }

    private static void Compare(SyntaxNodeAnalysisContext context, SyntaxNode where, ITypeSymbol request, string contract, ITypeSymbol answer)
    {
        ITypeSymbol[] asked = [.. request.AllInterfaces.Where(i => i.Name == contract && i.IsGenericType && i.Namespace() == "Smpi").Select(static i => i.TypeArguments[i.TypeArguments.Length - 1])];
        if (asked.Length == 0 || asked.Contains(answer, SymbolEqualityComparer.Default)) return;
        context.ReportDiagnostic(Diagnostic.Create(Misfit, where.GetLocation(), request.Name, Short(answer), Short(asked[0])));
    }

    /// <summary>The type of what a lambda returns, without its task; null when it cannot be told.</summary>
    private static ITypeSymbol? Answer(SyntaxNodeAnalysisContext context, LambdaExpressionSyntax lambda)
    {
        ExpressionSyntax? returned = lambda.ExpressionBody
            ?? lambda.Block?.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().FirstOrDefault()?.Expression;
        if (returned is null) return null;
        ITypeSymbol? type = context.SemanticModel.GetTypeInfo(returned, context.CancellationToken).Type;
        bool isWrapped = type is INamedTypeSymbol { TypeArguments.Length: 1 } && (type.Is("System.Threading.Tasks.ValueTask") || type.Is("System.Collections.Generic.IAsyncEnumerable"));
        return isWrapped && lambda.AsyncKeyword.IsKind(SyntaxKind.None) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type is { TypeKind: TypeKind.Error } ? null : type;
    }

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
