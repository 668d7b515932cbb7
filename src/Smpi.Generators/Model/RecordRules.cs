using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smpi.Generators;

/// <summary>Finds the members and the constructor of a record, by the rules that the encodings have at run time.</summary>
internal static class RecordRules
{
    private const string Json = "System.Text.Json.Serialization.";

    /// <summary>Public properties in order of declaration, those of base types first; one that hides or overrides another takes its place.</summary>
    public static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        List<IPropertySymbol> found = [];
        for (INamedTypeSymbol? at = type; at is not null && at.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); at = at.BaseType)
        {
            found.InsertRange(0, at.GetMembers().OfType<IPropertySymbol>().Where(p =>
                !p.IsStatic && !p.IsIndexer && p.DeclaredAccessibility == Accessibility.Public
                && p.GetMethod is { DeclaredAccessibility: Accessibility.Public } && !found.Exists(f => f.Name == p.Name)));
        }

        return found;
    }

    /// <summary>The constructor that makes the record, or why there is none; neither for a struct without one.</summary>
    public static IMethodSymbol? Constructor(INamedTypeSymbol type, out string? problem)
    {
        problem = null;
        IMethodSymbol[] all = [.. type.InstanceConstructors.Where(c => !(type.IsValueType && c.IsImplicitlyDeclared))];
        if (Array.Find(all, c => c.Has(Json + "JsonConstructorAttribute")) is { } marked) return marked;
        IMethodSymbol[] visible = Array.FindAll(all, c => c.DeclaredAccessibility == Accessibility.Public);
        if (Array.Find(visible, c => c.Parameters.Length == 0) is { } empty) return empty;
        if (visible.Length == 1) return visible[0];
        if (!type.IsValueType)
            problem = $"{type.Name} has {(visible.Length == 0 ? "no public constructor" : "several public constructors")}: mark the one to use with [JsonConstructor]";
        return null;
    }

    public static bool IsIgnored(IPropertySymbol property)
    {
        if (property.Attribute(Json + "JsonIgnoreAttribute") is not { } attribute) return false;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            // JsonIgnoreCondition.Always is 1.
            if (argument.Key == "Condition") return argument.Value.Value is 1;
        }

        return true;
    }

    public static string WireName(IPropertySymbol property) =>
        property.Attribute(Json + "JsonPropertyNameAttribute") is { ConstructorArguments: [{ Value: string name }] } ? name : Names.Camel(property.Name);

    public static bool IsRequired(IPropertySymbol property) => property.IsRequired || property.Has(Json + "JsonRequiredAttribute");

    public static MemberAccess Access(IPropertySymbol property) =>
        property.SetMethod is { DeclaredAccessibility: Accessibility.Public } setter ? setter.IsInitOnly ? MemberAccess.Init : MemberAccess.Set : MemberAccess.None;

    /// <summary>Whether a setter that code cannot reach is meant to be used.</summary>
    /// <remarks>Reference assemblies leave out private setters, so of a property without source none counts as hidden.</remarks>
    public static bool HasHiddenSetter(IPropertySymbol property) =>
        property.Has(Json + "JsonIncludeAttribute")
        && (property.SetMethod is { DeclaredAccessibility: not Accessibility.Public } || (property.SetMethod is null && property.DeclaringSyntaxReferences.IsEmpty));

    public static bool HasInitializer(IPropertySymbol property)
    {
        foreach (SyntaxReference reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null }) return true;
        }

        return false;
    }

    /// <summary>Whether null is a value of the property's own; where nothing is said about references, and of type parameters, it is.</summary>
    public static bool IsNullable(IPropertySymbol property) =>
        property.Type.IsValueType
            ? property.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : property.NullableAnnotation != NullableAnnotation.NotAnnotated || property.OriginalDefinition.Type.TypeKind == TypeKind.TypeParameter;

    /// <summary>Whether the members that are set stand in one part of the type and in none of its bases.</summary>
    public static bool HasOneOrder(INamedTypeSymbol type, IEnumerable<IPropertySymbol> set)
    {
        IPropertySymbol[] unnumbered = [.. set.Where(static p => !IsIgnored(p) && Access(p) != MemberAccess.None && FieldNumber(p) == 0)];
        return unnumbered.All(p => SymbolEqualityComparer.Default.Equals(p.ContainingType, type))
            && unnumbered.SelectMany(static p => p.DeclaringSyntaxReferences.Take(1)).Select(static r => r.GetSyntax().Parent).Distinct().Count() <= 1;
    }

    public static int FieldNumber(ISymbol member) =>
        member.Attribute("Smpi.FieldAttribute") is { ConstructorArguments: [{ Value: int number }] } ? number : 0;
}
