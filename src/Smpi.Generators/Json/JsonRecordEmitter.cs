namespace Smpi.Generators;

/// <summary>Writes the straight way of one record.</summary>
internal static class JsonRecordEmitter
{
    // Beyond that the conditions would be deep and gain little.
    private const int MostMembers = 64;

    /// <summary>Whether a record is left to the serializer.</summary>
    public static bool IsLeftOut(TypeModel record) =>
        record.Members.Count > MostMembers
        || record.Id.EndsWith("_Plain", StringComparison.Ordinal)
        || record.Members.Count(static m => m.Access == MemberAccess.Parameter) != record.Parameters.Count
        || record.Members.Any(static m => !m.WireName.All(IsPlain));

    public static void Emit(SourceText text, JsonValues values, TypeModel record)
    {
        text.Line().Line(Header.Attributes).Open($"internal sealed class {record.Id}_Shape : global::Smpi.JsonRecordShape<{record.Name}>");
        bool isAssigned = IsAssigned(record);
        string members = string.Concat(record.Members.Select(m => $"new({Literals.Text(m.WireName)}, {values.Field(m.Type)}, {(isAssigned ? -1 : m.Position)}, {(m.Access == MemberAccess.None ? "true" : "false")}), "));
        text.Line($"protected override global::System.Collections.Generic.IReadOnlyList<global::Smpi.JsonShapeMember> Members => new global::Smpi.JsonShapeMember[] {{ {members}}};").Line();
        text.Open($"protected override bool TryWriteMembers(ref global::Smpi.JsonShapeWriter writer, {record.Name} value)");
        Chain(text, "return ", record, "writer", "TryWriteName", at => values.Write(record.Members[at].Type, $"value.@{record.Members[at].Name}"));
        text.Line("    && writer.TryEnd();").Close().Line();
        text.Open($"protected override bool TryReadMembers(ref global::Smpi.JsonShapeReader reader, out {record.Name} value)");
        Chain(text, "if (", record, "reader", "TryReadName", at =>
            values.Read(record.Members[at].Type, Local(at)) + (IsChecked(record.Members[at]) ? $" && {Local(at)} is not null" : ""));
        text.Open("    && reader.TryEnd())").Line($"value = {Made(values, record, isAssigned)};").Line("return true;").Close().Line();
        text.Line("value = default!;").Line("return false;").Close().Close();
    }

    // The serializer says that null is none of the member's values.
    private static bool IsChecked(MemberModel member) => member.IsNotNull && member.Access != MemberAccess.None;

    private static void Chain(SourceText text, string begin, TypeModel record, string on, string name, Func<int, string> value)
    {
        string first = record.Members.Count == 0 ? "{" : $"{{\"{record.Members[0].WireName}\":";
        text.Line($"{begin}{on}.TryBegin({Literals.Text(first)}u8)");
        for (int at = 0; at < record.Members.Count; at++)
        {
            if (at > 0) text.Line($"    && {on}.{name}({Literals.Text($",\"{record.Members[at].WireName}\":")}u8)");
            text.Line($"    && {value(at)}");
        }
    }

    // Every member was read, so no default and no initializer is looked at.
    private static string Made(JsonValues values, TypeModel record, bool isAssigned)
    {
        string Value(int at) => values.Value(record.Members[at].Type, Local(at));
        int[] all = [.. Enumerable.Range(0, record.Members.Count)];
        int[] parameters = isAssigned ? [] : [.. all.Where(at => record.Members[at].Access == MemberAccess.Parameter).OrderBy(at => record.Members[at].Position)];
        string[] assigned = [.. all.Except(parameters).Where(at => record.Members[at].Access != MemberAccess.None).Select(at => $"@{record.Members[at].Name} = {Value(at)}")];
        return $"new {record.Name}({string.Join(", ", parameters.Select(Value))})" + (assigned.Length > 0 ? $" {{ {string.Join(", ", assigned)} }}" : "");
    }

    // The serializer makes a struct without its constructor and sets the members, unless it is told otherwise.
    private static bool IsAssigned(TypeModel record) =>
        record.IsValueType && record.Members.All(static m => m.Access != MemberAccess.Parameter || m.IsSettable);

    private static bool IsPlain(char sign) => sign is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.';

    private static string Local(int member) => $"v{member}";
}
