using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Questions about symbols.</summary>
internal static class Symbols
{
    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(fullName)) return attribute;
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;

    /// <summary>Whether a type has a name such as <c>Smpi.IRequest</c>, whatever its type arguments.</summary>
    public static bool Is(this ITypeSymbol type, string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        return string.CompareOrdinal(type.Name, 0, fullName, dot + 1, fullName.Length) == 0
            && type.Name.Length == fullName.Length - dot - 1
            && type.ContainingType is null
            && type.ContainingNamespace.ToDisplayString() == fullName.Substring(0, dot);
    }

    public static string Namespace(this ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";

    public static bool IsOfFramework(this ITypeSymbol type) =>
        type.Namespace() is var space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>Whether code of a compilation can name a type.</summary>
    public static bool IsNameable(this ITypeSymbol type, IAssemblySymbol within)
    {
        if (type is IArrayTypeSymbol array) return array.ElementType.IsNameable(within);
        if (type is not INamedTypeSymbol named) return false;
        for (INamedTypeSymbol? at = named; at is not null; at = at.ContainingType)
        {
            bool isVisible = at.DeclaredAccessibility == Accessibility.Public
                || (at.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal
                    && (SymbolEqualityComparer.Default.Equals(at.ContainingAssembly, within) || at.ContainingAssembly.GivesAccessTo(within)));
            if (!isVisible || at.IsFileLocal) return false;
        }

        return named.TypeArguments.All(argument => argument.IsNameable(within));
    }

    /// <summary>Whether a type has parameters that are not known.</summary>
    public static bool IsOpen(this ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => array.ElementType.IsOpen(),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType?.IsOpen() ?? false),
        _ => false,
    };
}
