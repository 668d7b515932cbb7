using System.Text;
using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Names of types, members and subjects.</summary>
internal static class Names
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The full name in source, without marks of nullable references.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(Full);

    /// <summary>An identifier made of a full name.</summary>
    public static string Id(string name)
    {
        var text = new StringBuilder(name.Length);
        // Names of the language are keywords.
        if (!name.StartsWith("global::", StringComparison.Ordinal)) text.Append("Of_");
        foreach (char sign in name.Replace("global::", ""))
        {
            if (char.IsLetterOrDigit(sign)) text.Append(sign);
            else if (sign == '_') text.Append("__");
            else if (sign == '[') text.Append("_Array");
            else if (sign == '?') text.Append("_Nullable");
            else if (sign is '.' or '<' or ',' or '+') text.Append('_');
            else if (sign == '>') text.Append("_0");
        }

        return text.ToString();
    }

    /// <summary>As the framework's JSON does it: capitals at the beginning become small, but for the first of a following word.</summary>
    public static string Camel(string name)
    {
        char[] signs = name.ToCharArray();
        for (int i = 0; i < signs.Length; i++)
        {
            if (i == 1 && !char.IsUpper(signs[i])) break;
            bool hasNext = i + 1 < signs.Length;
            if (i > 0 && hasNext && !char.IsUpper(signs[i + 1])) break;
            signs[i] = char.ToLowerInvariant(signs[i]);
        }

        return new string(signs);
    }

    /// <summary><c>ReadFile</c> becomes <c>read-file</c>, <c>HTTPGet</c> becomes <c>http-get</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int at = 0; at < name.Length; at++)
        {
            bool starts = char.IsUpper(name[at]) && at > 0 && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (starts && text[text.Length - 1] != '-') text.Append('-');
            text.Append(name[at] == '_' ? '-' : char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }
}
