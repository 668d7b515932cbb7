using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>The collections that every encoding carries.</summary>
internal static class Collections
{
    private static readonly Dictionary<string, ShapeKind> Generic = new()
    {
        ["List"] = ShapeKind.List,
        ["IList"] = ShapeKind.List,
        ["ICollection"] = ShapeKind.List,
        ["IReadOnlyList"] = ShapeKind.List,
        ["IReadOnlyCollection"] = ShapeKind.List,
        ["IEnumerable"] = ShapeKind.List,
        ["HashSet"] = ShapeKind.Set,
        ["ISet"] = ShapeKind.Set,
        ["IReadOnlySet"] = ShapeKind.Set,
        ["Dictionary"] = ShapeKind.Dictionary,
        ["IDictionary"] = ShapeKind.Dictionary,
        ["IReadOnlyDictionary"] = ShapeKind.Dictionary,
    };

    public static bool TryGet(ITypeSymbol type, out ShapeKind kind, out ITypeSymbol[] of)
    {
        (kind, of) = (ShapeKind.Unknown, []);
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            (kind, of) = (ShapeKind.Array, [array.ElementType]);
            return true;
        }

        if (type is not INamedTypeSymbol { IsGenericType: true } named || named.Namespace() != "System.Collections.Generic") return false;
        of = [.. named.TypeArguments];
        return named.ContainingType is null && Generic.TryGetValue(named.Name, out kind);
    }

    /// <summary>Whether a dictionary may have such keys.</summary>
    public static bool IsKey(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || (Scalars.Contains(type) && type is INamedTypeSymbol { IsGenericType: false });
}
