namespace Smpi;

/// <summary>The full names of types as source has them, by which a lock knows them.</summary>
internal static class CSharpNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(char)] = "char",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Of(inner)}?";
        return Of(type, type.GetGenericArguments());
    }

    private static string Of(Type type, ReadOnlySpan<Type> arguments)
    {
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal), outerCount = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string name = tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", Array.ConvertAll(arguments[outerCount..].ToArray(), Of))}>";
        if (type.DeclaringType is { } outer) return $"{Of(outer, arguments[..outerCount])}.{name}";
        return string.IsNullOrEmpty(type.Namespace) ? name : $"{type.Namespace}.{name}";
    }
}
