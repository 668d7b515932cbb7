using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Finds what declarations make travel.</summary>
internal static class RootReader
{
    private static readonly HashSet<string> Interfaces = ["IRequest", "IStreamRequest", "IClientStreamRequest", "IDuplexRequest", "IEvent"];

    /// <summary>Whether a declaration may be of a message record; by its syntax only, so that every key stroke costs little.</summary>
    public static bool MayBeMessage(SyntaxNode node) =>
        node is TypeDeclarationSyntax { BaseList: { } bases } and not InterfaceDeclarationSyntax && bases.Types.Any(static b => b.Type switch
        {
            QualifiedNameSyntax qualified => Interfaces.Contains(qualified.Right.Identifier.ValueText),
            AliasQualifiedNameSyntax alias => Interfaces.Contains(alias.Name.Identifier.ValueText),
            SimpleNameSyntax simple => Interfaces.Contains(simple.Identifier.ValueText),
            _ => false,
        });

    /// <summary>What a message record, or a type with an attribute of Smpi, makes travel.</summary>
    public static RootModel? OfType(INamedTypeSymbol type, SyntaxNode declaration)
    {
        if (type.IsOpen() || !type.IsNameable(type.ContainingAssembly)) return null;
        var collector = new TypeCollector(type.ContainingAssembly);
        List<string> roots = [];
        List<CallModel> calls = [];
        HashSet<string> nulls = [];
        string name = Names.Of(type);
        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (contract.Namespace() != "Smpi" || !Interfaces.Contains(contract.Name)) continue;
            foreach (ITypeSymbol argument in contract.TypeArguments)
            {
                Add(argument);
                if (IsNullable(argument)) nulls.Add(Names.Of(argument));
            }

            if (Call(type, contract) is { } call && calls.TrueForAll(c => c.Kind != call.Kind)) calls.Add(call);
        }

        if (!type.IsAbstract || type.TypeKind != TypeKind.Interface) Add(type);
        return new RootModel(name, Place.Of((declaration as BaseTypeDeclarationSyntax)?.Identifier.GetLocation()), new([.. calls]),
            new([.. roots]), collector.Types) { Nulls = new([.. nulls]) };

        void Add(ITypeSymbol travels)
        {
            if (travels.Namespace() != "Smpi" || travels.Name is not ("Empty" or "RawBody")) roots.Add(collector.Visit(travels));
        }
    }

    /// <summary>What an attribute on the assembly names.</summary>
    public static RootModel OfAssembly(IAssemblySymbol assembly, IEnumerable<AttributeData> attributes)
    {
        var collector = new TypeCollector(assembly);
        List<string> roots = [];
        Location? first = null;
        foreach (AttributeData attribute in attributes)
        {
            first ??= attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : null;
            if (attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] && !type.IsOpen()) roots.Add(collector.Visit(type));
        }

        return new RootModel("", Place.Of(first), default, new([.. roots]), collector.Types);
    }

    /// <summary>What the methods of a contract interface make travel.</summary>
    public static RootModel? OfContract(INamedTypeSymbol contract, SyntaxNode declaration)
    {
        if (contract.IsOpen()) return null;
        var collector = new TypeCollector(contract.ContainingAssembly);
        HashSet<string> roots = [], nulls = [];
        foreach (IMethodSymbol method in contract.AllInterfaces.Prepend(contract).SelectMany(static i => i.GetMembers().OfType<IMethodSymbol>()))
        {
            if (!method.IsAbstract || method.IsStatic || method.IsGenericMethod || method.MethodKind != MethodKind.Ordinary) continue;
            foreach (ITypeSymbol type in method.Parameters.Select(static p => p.Type).Append(method.ReturnType))
            {
                if (Carried(type) is not { } carried || carried.IsOpen()) continue;
                roots.Add(collector.Visit(carried));
                if (IsNullable(carried)) nulls.Add(Names.Of(carried));
            }
        }

        return new RootModel(
            Names.Of(contract), Place.Of((declaration as BaseTypeDeclarationSyntax)?.Identifier.GetLocation()), default, new([.. roots]),
                collector.Types) { Nulls = new([.. nulls]) };
    }

    private static bool IsNullable(ITypeSymbol type) => type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };

    private static ITypeSymbol? Carried(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || named.SpecialType == SpecialType.System_Void) return null;
        if (named.Is("System.Threading.Tasks.Task") || named.Is("System.Threading.Tasks.ValueTask") || named.Is("System.Collections.Generic.IAsyncEnumerable"))
            return named.TypeArguments.Length == 1 ? Carried(named.TypeArguments[0]) : null;
        bool isOfSmpi = named.Namespace() == "Smpi" && named.Name is "Empty" or "RawBody" or "CallContext" or "CallOptions";
        return isOfSmpi || named.Is("System.Threading.CancellationToken") ? null : named;
    }

    private static CallModel? Call(INamedTypeSymbol type, INamedTypeSymbol contract)
    {
        (CallKind kind, string item, string result) = (contract.Name, contract.TypeArguments.Length) switch
        {
            ("IRequest", 1) => (CallKind.Request, "", Names.Of(contract.TypeArguments[0])),
            ("IStreamRequest", 1) => (CallKind.StreamRequest, "", Names.Of(contract.TypeArguments[0])),
            ("IClientStreamRequest", 2) => (CallKind.ClientStreamRequest, Names.Of(contract.TypeArguments[0]), Names.Of(contract.TypeArguments[1])),
            ("IDuplexRequest", 2) => (CallKind.DuplexRequest, Names.Of(contract.TypeArguments[0]), Names.Of(contract.TypeArguments[1])),
            _ => (default, "", ""),
        };
        if (result.Length == 0) return null;
        string subject = type.Attribute("Smpi.SmpiMessageAttribute") is { ConstructorArguments: [{ Value: string given }] } ? given : Names.Kebab(type.Name);
        return new CallModel(kind, Names.Of(type), item, result, subject, type.Has("Smpi.IdempotentAttribute"));
    }
}
