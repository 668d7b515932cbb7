namespace Smpi.Generators;

/// <summary>How values are written and read in generated code: scalars in place, everything else by its shape.</summary>
internal sealed class MessagePackValues(IReadOnlyDictionary<string, TypeModel> types)
{
    private static readonly Dictionary<string, (string Write, string Read)> Inline = new(StringComparer.Ordinal)
    {
        ["bool"] = ("writer.Write({0})", "reader.ReadBoolean()"),
        ["byte"] = ("writer.Write((ulong){0})", "(byte)reader.ReadInt64(0, byte.MaxValue)"),
        ["sbyte"] = ("writer.Write((long){0})", "(sbyte)reader.ReadInt64(sbyte.MinValue, sbyte.MaxValue)"),
        ["short"] = ("writer.Write((long){0})", "(short)reader.ReadInt64(short.MinValue, short.MaxValue)"),
        ["ushort"] = ("writer.Write((ulong){0})", "(ushort)reader.ReadInt64(0, ushort.MaxValue)"),
        ["int"] = ("writer.Write((long){0})", "reader.ReadInt32()"),
        ["uint"] = ("writer.Write((ulong){0})", "(uint)reader.ReadInt64(0, uint.MaxValue)"),
        ["long"] = ("writer.Write({0})", "reader.ReadInt64()"),
        ["ulong"] = ("writer.Write({0})", "reader.ReadUInt64()"),
        ["float"] = ("writer.Write({0})", "reader.ReadSingle()"),
        ["double"] = ("writer.Write({0})", "reader.ReadDouble()"),
        ["string"] = ("writer.Write({0})", "reader.ReadString()"),
        ["global::System.DateTime"] = ("writer.WriteTimestamp({0})", "reader.ReadTimestamp()"),
        ["global::System.TimeSpan"] = ("writer.Write({0}.Ticks)", "new global::System.TimeSpan(reader.ReadInt64())"),
    };

    /// <summary>Of values that generated code writes into spans and reads from them: how they are put, the type they are taken as, and how they are made of that.</summary>
    private static readonly Dictionary<string, (string Put, string Taken, string Made)> Plain = new(StringComparer.Ordinal)
    {
        ["bool"] = ("{0}", "bool", "{0}"),
        ["int"] = ("(long){0}", "int", "{0}"),
        ["long"] = ("{0}", "long", "{0}"),
        ["float"] = ("{0}", "float", "{0}"),
        ["double"] = ("{0}", "double", "{0}"),
        ["string"] = ("{0}", "string", "{0}!"),
        ["global::System.TimeSpan"] = ("{0}.Ticks", "long", "new global::System.TimeSpan({0})"),
    };

    public bool IsPlain(string type) => Plain.ContainsKey(type) || IsIntEnum(type);

    /// <summary>What a plain value is put into a span as.</summary>
    public static string Put(string type, string value) => string.Format(null, Of(type).Put, value);

    /// <summary>What a plain value is taken from a span as.</summary>
    public static string Taken(string type) => Of(type).Taken;

    /// <summary>The value that was taken from a span.</summary>
    public static string Made(string type, string taken) => string.Format(null, Of(type).Made, taken);

    public string Write(string type, string value)
    {
        if (Inline.TryGetValue(type, out (string Write, string Read) inline)) return string.Format(null, inline.Write, value) + ";";
        return IsIntEnum(type)
            ? $"writer.Write((long){value});"
            : $"{Field(type)}.Write(ref writer, {value});";
    }

    public string Read(string type)
    {
        if (Inline.TryGetValue(type, out (string Write, string Read) inline)) return inline.Read;
        return IsIntEnum(type)
            ? $"({type})reader.ReadInt32()"
            : $"{Field(type)}.Read(ref reader)";
    }

    /// <summary>The field that holds the shape of a type.</summary>
    public string Field(string type) => "Table_." + types[type].Id;

    /// <summary>The expression that makes the shape of a type that is no record.</summary>
    public string Make(TypeModel type)
    {
        const string Shapes = "global::Smpi.MessagePackShapes.";
        string of = string.Join(", ", type.Arguments);
        return type.Kind switch
        {
            ShapeKind.Scalar => $"{Shapes}Scalar<{type.Name}>()",
            ShapeKind.Enum => $"{Shapes}Enum<{type.Name}>()",
            ShapeKind.Nullable => $"{Shapes}Nullable<{of}>({Local(type.Arguments[0])})",
            ShapeKind.Array => $"{Shapes}Array<{of}>({Local(type.Arguments[0])})",
            ShapeKind.List => $"{Shapes}List<{type.Name}, {of}>({Local(type.Arguments[0])})",
            ShapeKind.Set => $"{Shapes}Set<{type.Name}, {of}>({Local(type.Arguments[0])})",
            ShapeKind.Dictionary => $"{Shapes}Dictionary<{type.Name}, {of}>({Key(type.Arguments[0])}, {Local(type.Arguments[1])})",
            _ => $"{Shapes}Union<{type.Name}>({Literals.Text(type.TagName)}, {(type.HasOwnForm ? Local(TypeCollector.PlainName(type.Name)) : "null")}"
                + string.Concat(type.Cases.Select(c => $", ({c.Tag}, {Local(c.Type)})")) + ")",
        };

        string Local(string name) => types[name].Id;
    }

    private static (string Put, string Taken, string Made) Of(string type) =>
        Plain.TryGetValue(type, out (string Put, string Taken, string Made) plain) ? plain : ("(long){0}", "int", $"({type}){{0}}");

    private bool IsIntEnum(string type) => types.TryGetValue(type, out TypeModel? model) && model.Kind == ShapeKind.Enum && model.Arguments[0] == "int";

    private string Key(string type)
    {
        const string Shapes = "global::Smpi.MessagePackShapes.";
        if (types[type].Kind == ShapeKind.Enum) return $"{Shapes}EnumKey<{type}>()";
        bool isNumber = Inline.ContainsKey(type) && type is not ("bool" or "string" or "global::System.DateTime" or "global::System.TimeSpan");
        return isNumber ? $"{Shapes}NumberKey<{type}>()" : $"{Shapes}TextKey<{type}>()";
    }
}
