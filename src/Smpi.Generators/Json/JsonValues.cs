namespace Smpi.Generators;

/// <summary>How values are written to JSON and read from it in generated code: scalars in place, everything else by its shape.</summary>
internal sealed class JsonValues(IReadOnlyDictionary<string, TypeModel> types)
{
    private static readonly Dictionary<string, string> Inline = new(StringComparer.Ordinal)
    {
        ["bool"] = "{0}",
        ["byte"] = "(long){0}",
        ["sbyte"] = "(long){0}",
        ["short"] = "(long){0}",
        ["ushort"] = "(long){0}",
        ["int"] = "(long){0}",
        ["uint"] = "(long){0}",
        ["long"] = "{0}",
        ["ulong"] = "{0}",
        ["float"] = "{0}",
        ["double"] = "{0}",
        ["decimal"] = "{0}",
        ["string"] = "{0}",
        ["global::System.Guid"] = "{0}",
        ["global::System.DateTime"] = "{0}",
        ["global::System.DateTimeOffset"] = "{0}",
    };

    public static bool IsInline(string type) => Inline.ContainsKey(type);

    /// <summary>The condition that writes a value.</summary>
    public string Write(string type, string value)
    {
        if (Inline.TryGetValue(type, out string? inline)) return $"writer.TryWrite({string.Format(null, inline, value)})";
        return types[type].Kind == ShapeKind.Enum ? $"writer.TryWrite((long){value})" : $"{Field(type)}.TryWrite(ref writer, {value})";
    }

    /// <summary>The condition that reads a value into a new local; an enum as its number.</summary>
    public string Read(string type, string local)
    {
        if (Inline.ContainsKey(type)) return $"reader.TryRead(out {type} {local})";
        return types[type].Kind == ShapeKind.Enum ? $"reader.TryRead(out int {local})" : $"{Field(type)}.TryRead(ref reader, out {type} {local})";
    }

    /// <summary>What was read, as a value of the type.</summary>
    public string Value(string type, string local) => types[type].Kind == ShapeKind.Enum ? $"({type}){local}" : local;

    /// <summary>The field that holds the shape of a type.</summary>
    public string Field(string type) => "Table_." + types[type].Id;

    /// <summary>The expression that makes the shape of a type that is no record.</summary>
    public string Make(TypeModel type)
    {
        const string Shapes = "global::Smpi.JsonShapes.";
        return type.Kind switch
        {
            ShapeKind.Scalar => $"{Shapes}Scalar<{type.Name}>()",
            ShapeKind.Enum => $"{Shapes}Enum<{type.Name}>()",
            ShapeKind.Nullable => $"{Shapes}Nullable<{type.Arguments[0]}>({types[type.Arguments[0]].Id})",
            ShapeKind.Array => $"{Shapes}Array<{type.Arguments[0]}>({types[type.Arguments[0]].Id})",
            _ => $"{Shapes}List<{type.Name}, {type.Arguments[0]}>({types[type.Arguments[0]].Id})",
        };
    }
}
