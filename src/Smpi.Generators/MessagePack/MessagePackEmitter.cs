namespace Smpi.Generators;

/// <summary>Writes the shapes of one compilation for MessagePack, and the initializer that registers them.</summary>
internal static class MessagePackEmitter
{
    public static string Emit(IReadOnlyDictionary<string, TypeModel> types, string assembly)
    {
        var values = new MessagePackValues(types);
        TypeModel[] records = [.. types.Values.Where(static t => t.Kind == ShapeKind.Record)];
        SourceText text = Header.Begin().Line($"namespace Smpi.Generated.{assembly}.MessagePack;").Line();
        text.Line(Header.Attributes).Open("internal static class Table_");
        foreach (TypeModel record in records) text.Line($"internal static readonly {record.Id}_Shape {record.Id} = new();");

        // What holds others is made after them; records find theirs when they are used, because they may hold themselves.
        HashSet<string> made = [.. records.Select(static r => Key(r))];
        foreach (TypeModel type in types.Values) Make(text, values, types, type, made);

        text.Line().Line("[global::System.Runtime.CompilerServices.ModuleInitializer]").Open("internal static void Register_()");
        foreach (TypeModel type in types.Values)
        {
            bool isRegistered = type.Kind is not ShapeKind.Scalar && !type.Id.EndsWith("_Plain", StringComparison.Ordinal);
            if (isRegistered) text.Line($"global::Smpi.MessagePackShapes.Register<{type.Name}>({type.Id});");
        }

        text.Close().Close();
        foreach (TypeModel record in records) MessagePackRecordEmitter.Emit(text, values, record);
        return text.ToString();
    }

    private static string Key(TypeModel type) => type.Id.EndsWith("_Plain", StringComparison.Ordinal) ? TypeCollector.PlainName(type.Name) : type.Name;

    private static void Make(SourceText text, MessagePackValues values, IReadOnlyDictionary<string, TypeModel> types, TypeModel type, HashSet<string> made)
    {
        if (!made.Add(Key(type))) return;
        foreach (string inner in type.Arguments) Make(text, values, types, types[inner], made);
        foreach (CaseModel of in type.Cases) Make(text, values, types, types[of.Type], made);
        text.Line($"internal static readonly global::Smpi.MessagePackShape<{type.Name}> {type.Id} = {values.Make(type)};");
    }
}
