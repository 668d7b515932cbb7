using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Tells records from values that have no fields to add.</summary>
internal static class ContractRecords
{
    /// <summary>Whether a type is a class or a struct with members of its own.</summary>
    public static bool Is(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, IsTupleType: false, IsRefLikeType: false } named
        && named.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
        && !Scalars.Contains(type)
        && !Collections.TryGet(type, out _, out _)
        && !type.Is("System.Threading.CancellationToken") && !type.Is("System.Threading.Tasks.Task") && !type.Is("System.Threading.Tasks.ValueTask") && !type.Is("Smpi.CallContext")
        && !type.Is("Smpi.CallOptions");
}
