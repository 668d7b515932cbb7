using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Finds the messages of referenced assemblies, so that a program has the shapes that their own projects lack.</summary>
internal static class ReferencedContractsReader
{
    // A compilation differs at every key stroke, its references do not: each is read once for each compilation that may name its types.
    private static readonly ConditionalWeakTable<IAssemblySymbol, ConcurrentDictionary<string, ReferencedContracts>> Read = new();

    /// <summary>The referenced assemblies in which something travels, or that have contexts of the framework's JSON.</summary>
    public static EquatableArray<ReferencedContracts> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        List<ReferencedContracts> found = [];
        string reader = compilation.Assembly.Identity.ToString();
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!MayHaveContracts(assembly)) continue;
            cancellationToken.ThrowIfCancellationRequested();
            ReferencedContracts contracts = Read.GetOrCreateValue(assembly).GetOrAdd(reader, _ => Of(assembly, compilation.Assembly));
            if (contracts.Roots.Count > 0 || contracts.JsonTypes.Count > 0) found.Add(contracts);
        }

        return new([.. found.OrderBy(static f => f.Assembly, StringComparer.Ordinal)]);
    }

    // Messages need the interfaces and attributes of the channel; the packages of Smpi have no messages of their own.
    private static bool MayHaveContracts(IAssemblySymbol assembly) =>
        !IsOfSmpi(assembly.Name)
        && assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static r => r.Name is "Smpi" or "Smpi.Abstractions"));

    private static bool IsOfSmpi(string name) =>
        name is "Smpi" or "Smpi.Abstractions" or "Smpi.All" or "Smpi.Testing" or "Smpi.Conformance"
        || name.StartsWith("Smpi.Encodings.", StringComparison.Ordinal)
        || name.StartsWith("Smpi.Providers.", StringComparison.Ordinal)
        || name.StartsWith("Smpi.Extensions.", StringComparison.Ordinal);

    private static ReferencedContracts Of(IAssemblySymbol assembly, IAssemblySymbol within)
    {
        List<RootModel> roots = [];
        var json = new TypeCollector(within);
        AttributeData[] records =
            [.. assembly.GetAttributes().Where(static a => a.AttributeClass is { } type && type.Is("Smpi.SmpiRecordAttribute"))];
        if (records.Length > 0) roots.Add(RootReader.OfAssembly(assembly, records, within));
        foreach (INamedTypeSymbol type in Types(assembly.GlobalNamespace))
        {
            if (RootReader.OfReferenced(type, within) is { } root) roots.Add(root);
            else JsonContexts.Collect(type, json);
        }

        string space = $"Smpi.Generated.{Names.Id("global::" + assembly.Name)}.";
        bool Has(string encoding) => assembly.GetTypeByMetadataName(space + encoding + ".Table_") is not null;
        return new ReferencedContracts(
            assembly.Name, Has("Json"), Has("MessagePack"), Has("Protobuf"), LockText.Of(assembly),
            new([.. roots]), new([.. json.Types.Select(static t => t.Name)]));
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol within)
    {
        foreach (INamespaceOrTypeSymbol member in within.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type) yield return type;
            foreach (INamedTypeSymbol inner in Types(member)) yield return inner;
        }
    }
}
