using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Reports message records that are missing from the program's JSON contexts, because JSON without reflection would fail on them.</summary>
internal static class JsonContexts
{
    public const string Attribute = "System.Text.Json.Serialization.JsonSerializableAttribute";

    private static readonly DiagnosticDescriptor Missing = Rules.Of(
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

    public static void Report(SourceProductionContext output, EquatableArray<RootModel> roots, EquatableArray<JsonContext> contexts)
    {
        HashSet<string> known = [.. contexts.SelectMany(static c => c.Types)];
        List<TypeModel> missing = [];
        bool isForMessages = false;
        foreach (RootModel root in roots)
        {
            foreach (string name in root.Roots)
            {
                TypeModel type = root.Types.First(t => t.Name == name);
                if (type.Kind == ShapeKind.Scalar || type.LockName.StartsWith("System.Text.Json.", StringComparison.Ordinal)) continue;
                if (known.Contains(name)) isForMessages = true;
                else if (missing.TrueForAll(m => m.Name != name)) missing.Add(type);
            }
        }

        // A context that knows no message is for something else.
        if (!isForMessages || missing.Count == 0) return;
        JsonContext first = contexts[0];
        string attributes = string.Concat(missing.Select(static m => $"[JsonSerializable(typeof({m.LockName}))]"));
        output.ReportDiagnostic(Diagnostic.Create(Missing, first.Where.ToLocation(), first.Name, string.Join(", ", missing.Select(static m => m.ShortName)), attributes));
    }
}
