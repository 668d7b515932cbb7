using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Smpi.Generators;

/// <summary>A call that adds handlers to a builder.</summary>
/// <param name="Subjects">The subjects that it answers.</param>
/// <param name="Builder">What the builder comes from; equal for calls on one builder.</param>
/// <param name="Region">The code that runs as a whole, in which the call stands.</param>
/// <param name="Call">The call.</param>
internal sealed record HandlerCall(IReadOnlyList<string> Subjects, object Builder, SyntaxNode Region, IInvocationOperation Call)
{
    /// <summary>The call if it adds handlers of requests; null otherwise.</summary>
    public static HandlerCall? Of(IInvocationOperation call)
    {
        if (call.Arguments.Length == 0 || Answered(call) is not { Count: > 0 } subjects) return null;
        return new HandlerCall(subjects, BuilderOf(call), RegionOf(call.Syntax), call);
    }

    /// <summary>Whether a method adds handlers of requests.</summary>
    public static bool IsHandle(IMethodSymbol method) =>
        method.ContainingType is { Name: "HandleExtensions" or "HandleStreamExtensions" or "HandleClientStreamExtensions" or "HandleDuplexExtensions" } type && type.Namespace() == "Smpi";

    /// <summary>What stands for a type parameter; null when the method has none of that name.</summary>
    public static ITypeSymbol? Argument(IMethodSymbol method, string parameter) =>
        method.TypeParameters.FirstOrDefault(p => p.Name == parameter) is { } found ? method.TypeArguments[found.Ordinal] : null;

    private static IReadOnlyList<string>? Answered(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name == "Implement" && ContractUseAnalyzer.Contract(method) is INamedTypeSymbol { TypeKind: TypeKind.Interface } contract && contract.Has(ContractReader.Attribute))
            return [.. ContractReader.Read(contract).Methods.Where(static m => m.Method.Kind != ContractCallKind.OneWay).Select(static m => m.Method.Subject)];
        if (!IsHandle(method)) return null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name == "subject") return argument.Value.ConstantValue is { HasValue: true, Value: string given } ? [given] : null;
        }

        return Argument(method, "TRequest") is INamedTypeSymbol record ? [Generators.Subjects.Of(record)] : null;
    }

    // Down the chain of extensions to the variable, or to the call of AddSmpi: the same name gives the same builder.
    private static object BuilderOf(IInvocationOperation call)
    {
        IOperation at = call;
        while (at is IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments.Length: > 0 } chained)
        {
            if (chained.TargetMethod.Name == "AddSmpi") return chained.Syntax.ToString();
            at = chained.Arguments[0].Value;
            while (at is IConversionOperation conversion) at = conversion.Operand;
        }

        return at switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => at.Syntax,
        };
    }

    private static SyntaxNode RegionOf(SyntaxNode node)
    {
        for (SyntaxNode at = node; at.Parent is { } parent; at = parent)
        {
            if (Regions.Ends(at, parent)) return at;
        }

        return node.SyntaxTree.GetRoot();
    }
}
