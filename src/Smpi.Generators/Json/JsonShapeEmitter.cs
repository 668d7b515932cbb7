namespace Smpi.Generators;

/// <summary>Writes the straight ways of one compilation for JSON, and the initializer that registers them.</summary>
internal static class JsonShapeEmitter
{
    public static string Emit(IReadOnlyDictionary<string, TypeModel> types, string assembly)
    {
        var values = new JsonValues(types);
        TypeModel[] records = [.. types.Values.Where(static t => t.Kind == ShapeKind.Record)];
        SourceText text = Header.Begin().Line($"namespace Smpi.Generated.{assembly}.Json;").Line();
        text.Line(Header.Attributes).Open("internal static class Table_");
        foreach (TypeModel record in records) text.Line($"internal static readonly {record.Id}_Shape {record.Id} = new();");

        // What holds others is made after them; records find theirs when they are used, because they may hold themselves.
        HashSet<string> made = [.. records.Select(static r => r.Name)];
        foreach (TypeModel type in types.Values) Make(text, values, types, type, made);

        text.Line().Line("[global::System.Runtime.CompilerServices.ModuleInitializer]").Open("internal static void Register_()");
        foreach (TypeModel type in types.Values)
        {
            if (type.Kind is not (ShapeKind.Scalar or ShapeKind.Enum or ShapeKind.Nullable)) text.Line($"global::Smpi.JsonShapes.Register<{type.Name}>({type.Id});");
        }

        text.Close().Close();
        foreach (TypeModel record in records) JsonRecordEmitter.Emit(text, values, record);
        return text.ToString();
    }

    /// <summary>Whether there is no straight way for a type; the serializer carries it all the same.</summary>
    public static bool IsLeftOut(TypeModel type) => type.Problem is not null || type.Kind switch
    {
        ShapeKind.Scalar => !JsonValues.IsInline(type.Name),
        ShapeKind.Enum => type.Arguments[0] != "int",
        ShapeKind.Record => JsonRecordEmitter.IsLeftOut(type),
        ShapeKind.Nullable or ShapeKind.Array or ShapeKind.List => false,
        _ => true,
    };

    private static void Make(SourceText text, JsonValues values, IReadOnlyDictionary<string, TypeModel> types, TypeModel type, HashSet<string> made)
    {
        if (!made.Add(type.Name)) return;
        foreach (string inner in type.Arguments) Make(text, values, types, types[inner], made);
        text.Line($"internal static readonly global::Smpi.JsonShape<{type.Name}> {type.Id} = {values.Make(type)};");
    }
}
