using System.Text;

namespace Smpi;

/// <summary>Names in a <c>.proto</c>.</summary>
[System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(ReflectedShapes.Reason)]
[System.Diagnostics.CodeAnalysis.RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class SchemaNames
{
    /// <summary><c>MaxCount</c> becomes <c>max_count</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int at = 0; at < name.Length; at++)
        {
            bool starts = char.IsUpper(name[at]) && at > 0 && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (starts && text[^1] != '_') text.Append('_');
            text.Append(char.IsAsciiLetterOrDigit(name[at]) ? char.ToLowerInvariant(name[at]) : '_');
        }

        return char.IsAsciiLetter(text[0]) ? text.ToString() : $"f{text}";
    }

    /// <summary>The package of a namespace.</summary>
    public static string Package(string space) => string.Join('.', space.Split('.').Select(Snake));

    /// <summary>The name of a type without its namespace, made of letters and digits.</summary>
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"Optional{Of(inner)}";
        if (type == typeof(byte[])) return "Bytes";
        if (type.IsArray) return $"ListOf{Of(type.GetElementType()!)}";
        if (!type.IsGenericType) return Ascii(type.Name);
        string name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        Type[] of = type.GetGenericArguments();
        if (CollectionReflection.Items(type) is not null) name = of.Length == 2 ? "Map" : "List";
        return $"{Ascii(name)}Of{string.Join("And", of.Select(Of))}";
    }

    private static string Ascii(string name)
    {
        string text = string.Concat(name.Select(static sign => char.IsAsciiLetterOrDigit(sign) || sign == '_' ? sign.ToString() : $"U{(int)sign:x4}"));
        return char.IsAsciiLetter(text[0]) ? text : $"M{text}";
    }
}
