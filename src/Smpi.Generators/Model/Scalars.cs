using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>The types that are one value on every encoding.</summary>
internal static class Scalars
{
    private static readonly HashSet<string> OfSystem =
        ["Guid", "TimeSpan", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "Uri", "Decimal"];

    public static bool Contains(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_Decimal
                or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
                or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_DateTime:
                return true;
        }

        if (type is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte }) return true;
        if (type.Namespace() != "System" || type.ContainingType is not null) return false;
        return type is INamedTypeSymbol { IsGenericType: true } memory
            ? memory.Name is "ReadOnlyMemory" or "Memory" && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte
            : OfSystem.Contains(type.Name);
    }
}
