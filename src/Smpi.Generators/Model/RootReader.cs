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
    public static RootModel? OfType(INamedTypeSymbol type, SyntaxNode? declaration) => OfType(type, declaration, type.ContainingAssembly);

    /// <summary>What a type of a referenced assembly makes travel; null when it is no message and has no attribute of Smpi.</summary>
    public static RootModel? OfReferenced(INamedTypeSymbol type, IAssemblySymbol within)
    {
        if (type.TypeKind == TypeKind.Interface) return type.Has(ContractReader.Attribute) ? OfContract(type, null, within) : null;
        bool travels = type.AllInterfaces.Any(static i => Interfaces.Contains(i.Name) && i.Namespace() == "Smpi")
            || type.GetAttributes().Any(static a => a.AttributeClass is { Name: "SmpiRecordAttribute" or "SmpiErrorAttribute" } of && of.Namespace() == "Smpi");
        return travels ? OfType(type, null, within) : null;
    }

    private static RootModel? OfType(INamedTypeSymbol type, SyntaxNode? declaration, IAssemblySymbol within)
    {
        if (type.IsOpen() || !type.IsNameable(type.ContainingAssembly)) return null;
        var collector = new TypeCollector(within);
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
            new([.. roots]), collector.Types)
        { Nulls = new([.. nulls]) };

        void Add(ITypeSymbol travels)
        {
            if (travels.Namespace() != "Smpi" || travels.Name is not ("Empty" or "RawBody")) roots.Add(collector.Visit(travels));
        }
    }

    /// <summary>What an attribute on the assembly names.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="within">The assembly whose code will name the types; null for the same.</param>
    public static RootModel OfAssembly(IAssemblySymbol assembly, IEnumerable<AttributeData> attributes, IAssemblySymbol? within = null)
    {
        var collector = new TypeCollector(within ?? assembly);
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
    /// <param name="contract">The interface.</param>
    /// <param name="declaration">Where it stands; null in a referenced assembly.</param>
    /// <param name="within">The assembly whose code will name the types; null for that of the interface.</param>
    public static RootModel? OfContract(INamedTypeSymbol contract, SyntaxNode? declaration, IAssemblySymbol? within = null)
    {
        if (contract.IsOpen()) return null;
        var collector = new TypeCollector(within ?? contract.ContainingAssembly);
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
                collector.Types)
        { Nulls = new([.. nulls]) };
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
