namespace Smpi;

/// <summary>Names of types as they stand in source, for messages.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        if (type.IsArray) return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 || !type.IsGenericType ? name : $"{name[..^(type.Name.Length - tick)]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
