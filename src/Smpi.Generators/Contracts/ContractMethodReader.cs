using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Smpi.Generators;

/// <summary>Reads one method of a contract.</summary>
internal static class ContractMethodReader
{
    private const string Tasks = "System.Threading.Tasks.";
    private const string Stream = "System.Collections.Generic.IAsyncEnumerable";
    private const string Token = "System.Threading.CancellationToken";

    public static ContractMethod? Read(IMethodSymbol method, string prefix, List<ContractProblem> problems)
    {
        string shown = ContractReader.Shown(method);
        if (Arguments(method, out ITypeSymbol? record, out ITypeSymbol? item, out bool hasToken) is { } misfit)
        {
            problems.Add(misfit);
            return null;
        }

        if (method.ReturnType is not INamedTypeSymbol returns || !IsReturned(returns, out bool isTask, out bool isStream))
        {
            string instead = method.ReturnsVoid
                ? "it returns nothing that could be awaited; return ValueTask, with [OneWay] if nobody answers"
                : $"it returns {Short(method.ReturnType)}; return ValueTask<T>, Task<T>, ValueTask, Task or IAsyncEnumerable<T>";
            return Refuse(ContractRules.CannotTravel, instead);
        }

        ITypeSymbol? result = returns.TypeArguments.Length == 1 ? returns.TypeArguments[0] : null;
        foreach (ITypeSymbol? carried in new[] { item, result })
        {
            if (carried is not null && !CanTravel(carried)) return Refuse(ContractRules.CannotTravel, $"{Short(carried)} cannot be a value on a wire");
        }

        bool isOneWay = method.Has("Smpi.OneWayAttribute"), isIdempotent = method.Has("Smpi.IdempotentAttribute");
        if (isOneWay && (result is not null || item is not null)) return Refuse(ContractRules.OneWay);
        if (isIdempotent && (isOneWay || isStream || item is not null)) problems.Add(new(ContractRules.Idempotent, method, shown));
        if (result is not null && !isStream && !ContractRecords.Is(result)) problems.Add(new(ContractRules.Result, method, shown, Short(result)));
        string subject = Subject(method, prefix);
        if (subject.Trim().Length == 0) return Refuse(ContractRules.EmptySubject);

        ContractCallKind kind = isOneWay ? ContractCallKind.OneWay
            : isStream ? item is null ? ContractCallKind.Stream : ContractCallKind.Duplex
            : item is null ? ContractCallKind.Request : ContractCallKind.ClientStream;
        return new ContractMethod(
            Names.Of(method.ContainingType), Identifier(method.Name), kind, subject, Names.Of(record!), item is null ? "" : Names.Of(item), result is null ? "" : Names.Of(result))
        {
            Returns = Names.Of(returns),
            IsTask = isTask,
            HasToken = hasToken,
            IsIdempotent = isIdempotent,
            IsReference = record!.IsReferenceType && method.Parameters[0].NullableAnnotation != NullableAnnotation.Annotated,
        };

        ContractMethod? Refuse(DiagnosticDescriptor rule, params object[] more)
        {
            problems.Add(new(rule, method, [shown, .. more]));
            return null;
        }
    }

    /// <summary>The record, the items and the token, in this order; what is wrong when they are not.</summary>
    private static ContractProblem? Arguments(IMethodSymbol method, out ITypeSymbol? record, out ITypeSymbol? item, out bool hasToken)
    {
        (record, item, hasToken) = (null, null, false);
        string shown = ContractReader.Shown(method);
        List<ITypeSymbol> left = [.. method.Parameters.Select(static p => p.Type)];
        if (left.Count > 0 && left[left.Count - 1].Is(Token))
        {
            hasToken = true;
            left.RemoveAt(left.Count - 1);
        }

        if (left.Count > 1 && left[left.Count - 1] is INamedTypeSymbol last && last.Is(Stream))
        {
            item = last.TypeArguments[0];
            left.RemoveAt(left.Count - 1);
        }

        if (left.Count == 0 || (left.Count == 1 && left[0].Is(Stream))) return new(ContractRules.NoRecord, method, shown);
        if (left.Count > 1) return new(ContractRules.SeveralRecords, method, shown, string.Join(", ", left.Select(static t => $"'{Short(t)}'")));
        record = left[0];
        return ContractRecords.Is(record) ? null : new(ContractRules.NotRecord, method, shown, Short(record));
    }

    private static bool IsReturned(INamedTypeSymbol type, out bool isTask, out bool isStream)
    {
        isTask = type.Is(Tasks + "Task");
        isStream = type.Is(Stream);
        return isTask || isStream || type.Is(Tasks + "ValueTask");
    }

    private static bool CanTravel(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_Object && type.TypeKind is not (TypeKind.Delegate or TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.TypeParameter)
        && !type.Is(Tasks + "Task") && !type.Is(Tasks + "ValueTask") && !type.Is(Stream) && !type.Is(Token);

    private static string Subject(IMethodSymbol method, string prefix)
    {
        if (method.Attribute("Smpi.SmpiMessageAttribute") is { ConstructorArguments: [{ Value: string given }] }) return given;
        string name = method.Name;
        bool hasSuffix = name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal);
        return $"{prefix}.{Names.Kebab(hasSuffix ? name.Substring(0, name.Length - 5) : name)}";
    }

    private static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
