namespace Smpi.Generators;

/// <summary>Writes the shapes of one compilation for Protobuf, and the initializer that registers them.</summary>
internal static class ProtobufEmitter
{
    /// <summary>How the refusal of a record with two equal numbers ends.</summary>
    public const string Clash = "have one number";

    public static string Emit(IReadOnlyDictionary<string, TypeModel> types, LockFile? locked, string assembly)
    {
        var values = new ProtobufValues(types);
        TypeModel[] records = [.. types.Values.Where(static t => t.Kind == ShapeKind.Record)];
        SourceText text = Header.Begin().Line($"namespace Smpi.Generated.{assembly}.Protobuf;").Line();
        text.Line(Header.Attributes).Open("internal static class Table_");
        foreach (TypeModel record in records) text.Line($"internal static readonly {record.Id}_Shape {record.Id} = new();");

        // What holds others is made after them; records find theirs when they are used, because they may hold themselves.
        HashSet<string> made = [.. records.Select(Key)];
        foreach (TypeModel type in types.Values) Make(text, values, types, type, made);

        text.Line().Line("[global::System.Runtime.CompilerServices.ModuleInitializer]").Open("internal static void Register_()");
        foreach (TypeModel type in types.Values)
        {
            bool isRegistered = type.Kind is not ShapeKind.Scalar && !type.Id.EndsWith("_Plain", StringComparison.Ordinal);
            if (isRegistered) text.Line($"global::Smpi.ProtobufShapes.Register<{type.Name}>({type.Id});");
        }

        text.Close().Close();
        foreach (TypeModel record in records) ProtobufRecordEmitter.Emit(text, values, record, locked);
        return text.ToString();
    }

    /// <summary>Why Protobuf refuses a type that others take; null when it takes it.</summary>
    public static string? Refuse(TypeModel type, LockFile? locked)
    {
        if (type.Problem is not null || type.Kind != ShapeKind.Record) return type.Problem;
        LockEntry[] entries = FieldNumbers.Of(type, locked);
        if (entries.Select(static e => e.Number).Distinct().Count() < entries.Length) return $"two members of {type.ShortName} {Clash}";
        if (Array.Find(entries, static e => e.Number is < 1 or > 536_870_911 or (>= 19_000 and <= 19_999)) is { } wrong)
            return $"{type.ShortName}.{wrong.Member} has the number {wrong.Number}; numbers go from 1 to 536870911 without 19000 to 19999";
        bool isOrdered = type.HasOneOrder || entries.All(e => e.IsGiven || locked?.Fields(type.LockName).ContainsKey(e.Member) == true);
        return isOrdered ? null : $"members of {type.ShortName} come from a base or stand in several parts, so nothing says their order; number them with [Field] or commit a smpi.lock";
    }

    private static string Key(TypeModel type) => type.Id.EndsWith("_Plain", StringComparison.Ordinal) ? TypeCollector.PlainName(type.Name) : type.Name;

    private static void Make(SourceText text, ProtobufValues values, IReadOnlyDictionary<string, TypeModel> types, TypeModel type, HashSet<string> made)
    {
        if (!made.Add(Key(type))) return;
        foreach (string inner in type.Arguments) Make(text, values, types, types[inner], made);
        foreach (CaseModel of in type.Cases) Make(text, values, types, types[of.Type], made);
        text.Line($"internal static readonly global::Smpi.ProtobufShape<{type.Name}> {type.Id} = {values.Make(type)};");
    }
}
