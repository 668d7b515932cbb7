using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Reads contracts; the generator takes the model, the analyzer the problems.</summary>
internal static class ContractReader
{
    public const string Attribute = "Smpi.SmpiContractAttribute";

    public static ContractReading Read(INamedTypeSymbol contract)
    {
        List<ContractProblem> problems = [];
        List<(IMethodSymbol Symbol, ContractMethod Method)> methods = [];
        if (contract.IsOpen()) problems.Add(new(ContractRules.Generic, contract, contract.Name));
        else if (!contract.IsNameable(contract.ContainingAssembly)) problems.Add(new(ContractRules.Hidden, contract, contract.Name));
        else if (Prefix(contract, contract).Trim().Length == 0) problems.Add(new(ContractRules.EmptySubject, contract, contract.Name));
        else
        {
            Dictionary<string, IMethodSymbol> subjects = new(StringComparer.Ordinal);
            foreach (INamedTypeSymbol declaring in contract.AllInterfaces.Reverse().Append(contract))
            {
                foreach (ISymbol member in declaring.GetMembers().Where(static m => m.IsAbstract && m is not INamedTypeSymbol))
                {
                    if (member is IMethodSymbol { AssociatedSymbol: not null }) continue;
                    if (Member(member, Prefix(declaring, contract), problems) is not { } method) continue;
                    if (subjects.TryGetValue(method.Subject, out IMethodSymbol? other)) problems.Add(new(ContractRules.SubjectTwice, member, Shown(member), method.Subject, Shown(other)));
                    else subjects.Add(method.Subject, (IMethodSymbol)member);
                    methods.Add(((IMethodSymbol)member, method));
                }
            }
        }

        bool isBroken = problems.Exists(static p => p.Rule.DefaultSeverity == DiagnosticSeverity.Error);
        var model = new ContractModel(Names.Of(contract), Names.Id("global::" + contract.ContainingAssembly.Name), new([.. methods.Select(static m => m.Method)]));
        return new ContractReading(isBroken ? null : model, methods, problems);
    }

    /// <summary>How a member is named to people.</summary>
    public static string Shown(ISymbol member) => $"{member.ContainingType.Name}.{member.Name}";

    private static ContractMethod? Member(ISymbol member, string prefix, List<ContractProblem> problems)
    {
        string? reason = member switch
        {
            IPropertySymbol => "a property is no call; write a method that asks for the value",
            IEventSymbol => "subscribe to an event of the channel instead, or write a method that returns a stream",
            { IsStatic: true } => "it is static and abstract; the peer has one implementation only",
            { DeclaredAccessibility: not Accessibility.Public } => "it is not public",
            IMethodSymbol { MethodKind: not MethodKind.Ordinary } => "it is no method",
            IMethodSymbol { IsGenericMethod: true } => "it is generic, and a peer cannot know what its type parameters stand for",
            IMethodSymbol method when method.ReturnsByRef || method.ReturnsByRefReadonly || method.Parameters.Any(static p => p.RefKind != RefKind.None) => "it has a parameter or result by reference",
            _ => null,
        };
        if (reason is null) return ContractMethodReader.Read((IMethodSymbol)member, prefix, problems);
        problems.Add(new(ContractRules.CannotTravel, member, Shown(member), reason));
        return null;
    }

    // A base that is no contract of its own only shares its methods.
    private static string Prefix(INamedTypeSymbol declaring, INamedTypeSymbol contract)
    {
        if (declaring.Attribute(Attribute) is not { } attribute) return Prefix(contract, contract);
        if (attribute.ConstructorArguments is [{ Value: string given }]) return given;
        string name = declaring.Name;
        return Names.Kebab(name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name);
    }
}
