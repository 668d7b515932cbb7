using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Reports message records that are missing from the program's JSON contexts, because JSON without reflection would fail on them.</summary>
internal static class JsonContexts
{
    public const string Attribute = "System.Text.Json.Serialization.JsonSerializableAttribute";

    private static readonly DiagnosticDescriptor Lacks = Rules.Of(
        "SMPI0002", "A record is missing from the JSON context", "{0} lacks {1}: add {2}, or JSON fails where reflection is off", DiagnosticSeverity.Warning);

    public static JsonContext? Of(GeneratorAttributeSyntaxContext found)
    {
        if (found.TargetSymbol is not INamedTypeSymbol context) return null;
        var collector = new TypeCollector(context.ContainingAssembly);
        foreach (AttributeData attribute in found.Attributes)
        {
            if (attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] && !type.IsOpen()) collector.Visit(type);
        }

        return new JsonContext(
            context.Name, Place.Of((found.TargetNode as BaseTypeDeclarationSyntax)?.Identifier.GetLocation()), new([.. collector.Types.Select(static t => t.Name)]));
    }

    /// <summary>Collects what a context of a referenced assembly knows.</summary>
    public static void Collect(INamedTypeSymbol type, TypeCollector collector)
    {
        if (type.BaseType is not { Name: "JsonSerializerContext" } || type.DeclaredAccessibility != Accessibility.Public) return;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            bool lists = attribute.AttributeClass is { } of && of.Is(Attribute);
            if (lists && attribute.ConstructorArguments is [{ Value: ITypeSymbol listed }] && !listed.IsOpen()) collector.Visit(listed);
        }
    }

    /// <summary>Reports what the project's contexts lack.</summary>
    /// <param name="output">Takes the diagnostics.</param>
    /// <param name="roots">What travels.</param>
    /// <param name="contexts">The project's own contexts.</param>
    /// <param name="others">The types that contexts of referenced assemblies know.</param>
    public static void Report(
        SourceProductionContext output, EquatableArray<RootModel> roots, EquatableArray<JsonContext> contexts, IEnumerable<string> others)
    {
        HashSet<string> known = [.. contexts.SelectMany(static c => c.Types)];

        // A context that knows no message is for something else.
        if (!roots.Any(r => r.Roots.Any(name => known.Contains(name) && !IsAlwaysKnown(r, name)))) return;
        known.UnionWith(others);
        TypeModel[] missing = [.. Missing(roots, known)];
        if (missing.Length == 0) return;
        JsonContext first = contexts[0];
        output.ReportDiagnostic(Diagnostic.Create(
            Lacks, first.Where.ToLocation(), first.Name, string.Join(", ", missing.Select(static m => m.ShortName)), Attributes(missing)));
    }

    /// <summary>The types at the top of bodies that no context knows, each once.</summary>
    public static IEnumerable<TypeModel> Missing(EquatableArray<RootModel> roots, HashSet<string> known)
    {
        HashSet<string> told = new(known, StringComparer.Ordinal);
        foreach (RootModel root in roots)
        {
            foreach (string name in root.Roots)
            {
                if (!IsAlwaysKnown(root, name) && told.Add(name)) yield return Type(root, name);
            }
        }
    }

    /// <summary>The attributes that add types to a context.</summary>
    public static string Attributes(IEnumerable<TypeModel> types) =>
        string.Concat(types.Select(static t => $"[JsonSerializable(typeof({t.LockName}))]"));

    private static bool IsAlwaysKnown(RootModel root, string name) =>
        Type(root, name) is var type
        && (type.Kind == ShapeKind.Scalar || type.LockName.StartsWith("System.Text.Json.", StringComparison.Ordinal));

    private static TypeModel Type(RootModel root, string name) => root.Types.First(t => t.Name == name);
}
