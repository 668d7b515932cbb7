namespace Smpi.Generators;

/// <summary>How values are written and read in generated code: scalars in place, everything else by its shape.</summary>
internal sealed class ProtobufValues(IReadOnlyDictionary<string, TypeModel> types)
{
    private static readonly Dictionary<string, (string Method, int WireType, string IsSet)> Inline = new(StringComparer.Ordinal)
    {
        ["bool"] = ("Bool", 0, "{0}"),
        ["int"] = ("Int32", 0, "{0} != 0"),
        ["long"] = ("Int64", 0, "{0} != 0"),
        ["uint"] = ("UInt32", 0, "{0} != 0"),
        ["ulong"] = ("UInt64", 0, "{0} != 0"),
        ["float"] = ("Float", 5, "global::System.BitConverter.SingleToInt32Bits({0}) != 0"),
        ["double"] = ("Double", 1, "global::System.BitConverter.DoubleToInt64Bits({0}) != 0"),
        ["string"] = ("String", 2, "{0}.Length != 0"),
    };

    private static readonly Dictionary<string, int> WireTypes = new(StringComparer.Ordinal)
    {
        ["sbyte"] = 0,
        ["byte"] = 0,
        ["short"] = 0,
        ["ushort"] = 0,
        ["char"] = 0,
    };

    private const string Shapes = "global::Smpi.ProtobufShapes.";

    /// <summary>Whether a local of the member's type is enough to read it.</summary>
    public bool IsInline(string type) => Inline.ContainsKey(Inner(type)) || IsEnum(Inner(type));

    public bool IsRepeated(string type) => types[type].Kind is ShapeKind.Array or ShapeKind.List or ShapeKind.Set or ShapeKind.Dictionary;

    /// <summary>The field that holds the shape of a type.</summary>
    public string Field(string type) => "Table_." + types[type].Id;

    /// <summary>What an implicit member has that did not arrive.</summary>
    public static string Zero(string type) => type == "string" ? "\"\"" : $"default({type})!";

    public string Write(MemberModel member, int number, bool isOptional, int at)
    {
        string value = $"value.@{member.Name}", local = $"t{at}", inner = Inner(member.Type);
        if (!IsInline(member.Type))
        {
            if (types[member.Type].Kind != ShapeKind.Record) return $"{Field(member.Type)}.{(isOptional ? "WriteField" : "WriteImplicit")}(ref writer, {number}, {value});";
            string write = $"writer.WriteMessage<{member.Type}>({number}, {{0}}, {Field(member.Type)});";
            return types[member.Type].IsValueType ? string.Format(null, write, value) : $"if ({value} is {{ }} {local}) " + string.Format(null, write, local);
        }

        bool isEnum = IsEnum(inner), mayBeNull = member.Type != inner || inner == "string";
        string method = isEnum ? "Int32" : Inline[inner].Method, cast = isEnum ? "(int)" : "";
        string call = $"writer.Write{method}({number}, {cast}";
        if (!mayBeNull && isOptional) return $"{call}{value});";
        string isSet = mayBeNull ? $"{value} is {{ }} {local}" : $"{value} is var {local}";
        if (!isOptional) isSet += " && " + string.Format(null, isEnum ? "{0} != 0" : Inline[inner].IsSet, local);
        return $"if ({isSet}) {call}{local});";
    }

    public string Read(string type)
    {
        string inner = Inner(type);
        return IsEnum(inner) ? $"({inner})reader.ReadInt32()" : $"reader.Read{Inline[inner].Method}()";
    }

    /// <summary>The tags that a member's fields may have.</summary>
    public IEnumerable<int> Tags(string type, int number) => Wire(type).Select(wire => (number << 3) | wire);

    /// <summary>The expression that makes the shape of a type that is no record.</summary>
    public string Make(TypeModel type)
    {
        string of = string.Join(", ", type.Arguments);
        return type.Kind switch
        {
            ShapeKind.Scalar => $"{Shapes}Scalar<{type.Name}>()",
            ShapeKind.Enum => $"{Shapes}Enum<{type.Name}>()",
            ShapeKind.Nullable => $"{Shapes}Nullable<{of}>({Local(type.Arguments[0])})",
            ShapeKind.Array => $"{Shapes}Array<{of}>({Local(type.Arguments[0])})",
            ShapeKind.List => $"{Shapes}List<{type.Name}, {of}>({Local(type.Arguments[0])})",
            ShapeKind.Set => $"{Shapes}Set<{type.Name}, {of}>({Local(type.Arguments[0])})",
            ShapeKind.Dictionary => $"{Shapes}Dictionary<{type.Name}, {of}>({Local(type.Arguments[0])}, {Local(type.Arguments[1])})",
            ShapeKind.Message => $"{Shapes}Google<{type.Name}>()",
            _ => $"{Shapes}Union<{type.Name}>({string.Join(", ", type.Cases.Select((c, i) => $"{Shapes}Case<{type.Name}, {types[c.Type].Name}>({i + 1}, {Local(c.Type)})"))})",
        };

        string Local(string name) => types[name].Id;
    }

    private static bool IsNumber(string scalar) => Inline.TryGetValue(scalar, out (string, int WireType, string) inline) ? inline.WireType != 2 : WireTypes.ContainsKey(scalar);

    private bool IsEnum(string type) => types[type] is { Kind: ShapeKind.Enum } model && model.Arguments[0] == "int";

    private string Inner(string type) => types[type].Kind == ShapeKind.Nullable ? types[type].Arguments[0] : type;

    private int[] Wire(string type)
    {
        TypeModel model = types[type];
        switch (model.Kind)
        {
            case ShapeKind.Scalar:
                return [Inline.TryGetValue(type, out (string, int WireType, string) inline) ? inline.WireType : WireTypes.TryGetValue(type, out int wire) ? wire : 2];
            case ShapeKind.Enum:
                return [0];
            case ShapeKind.Nullable:
                return Wire(model.Arguments[0]);
            case ShapeKind.Array or ShapeKind.List or ShapeKind.Set when types[model.Arguments[0]].Kind == ShapeKind.Enum || IsNumber(model.Arguments[0]):
                return [2, .. Wire(model.Arguments[0])];
            default:
                return [2];
        }
    }
}
