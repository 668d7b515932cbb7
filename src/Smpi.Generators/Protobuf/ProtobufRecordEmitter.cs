namespace Smpi.Generators;

/// <summary>Writes the shape of one record.</summary>
internal static class ProtobufRecordEmitter
{
    public static void Emit(SourceText text, ProtobufValues values, TypeModel record, LockFile? locked)
    {
        MemberModel[] members = [.. record.Members.Where(static m => m.Access != MemberAccess.None)
            .Select(m => m with { WireName = m.Name, IsNotNull = m.IsNotNull && !values.IsRepeated(m.Type) && !(m.Type == "string"
                && m.Access == MemberAccess.Parameter), IsRequired = m.IsRequired && !m.IsNullable && !values.IsRepeated(m.Type) })];
        int[] numbers = [.. FieldNumbers.Of(record, locked).Select(static e => e.Number)];
        text.Line().Line(Header.Attributes).Open($"internal sealed class {record.Id}_Shape : global::Smpi.ProtobufShape<{record.Name}>");
        text.Line("public override string? MemberOf(int number) => number switch { "
            + string.Concat(members.Select((m, i) => $"{numbers[i]} => {Literals.Text(m.Name)}, ")) + "_ => null };").Line();
        text.Open($"public override void Write(ref global::Smpi.ProtobufWriter writer, {record.Name} value)");
        for (int i = 0; i < members.Length; i++) text.Line(values.Write(members[i], numbers[i], IsOptional(members[i]), i));
        text.Close().Line();
        Read(text, values, record, members, numbers);
        text.Close();
    }

    /// <summary>Whether a field is there whatever its value, because its absence means null or a C# default; an initializer cannot be seen by all who read the record.</summary>
    private static bool IsOptional(MemberModel member) => member.IsNullable || member.HasDefault || member.IsRequired || member.Access != MemberAccess.Parameter;

    private static void Read(SourceText text, ProtobufValues values, TypeModel record, MemberModel[] members, int[] numbers)
    {
        text.Open($"public override {record.Name} Read(ref global::Smpi.ProtobufReader reader)");
        bool[] isTracked = Locals(text, values, record, members);
        text.Open("while (reader.TryReadTag(out uint tag))").Open("switch (tag)");
        for (int i = 0; i < members.Length; i++)
        {
            foreach (int tag in values.Tags(members[i].Type, numbers[i])) text.Line($"case {tag}:");
            if (!values.IsInline(members[i].Type)) text.Line($"    {values.Field(members[i].Type)}.ReadField(ref reader, ref f{i});");
            else text.Line($"    {RecordReading.Local(i)} = {values.Read(members[i].Type)};");
            if (isTracked[i] && values.IsInline(members[i].Type)) text.Line($"    {RecordReading.See(i)}");
            text.Line("    break;");
        }

        text.Line("default:").Line("    reader.SkipUnknown(this);").Line("    break;").Close().Close().Line();
        for (int i = 0; i < members.Length; i++)
        {
            if (values.IsInline(members[i].Type)) continue;
            string finish = $"{RecordReading.Local(i)} = {values.Field(members[i].Type)}.Finish(ref f{i});";
            bool isAlways = !isTracked[i] && !members[i].IsNullable && !members[i].HasDefault;
            if (values.IsRepeated(members[i].Type)
                && !members[i].IsNullable) text.Line($"if (!f{i}.HasValue) reader.Count();").Line(finish);
            else if (isAlways) text.Line(finish);
            else text.Line($"if (f{i}.HasValue) {{ {finish}{(isTracked[i] ? " " + RecordReading.See(i) : "")} }}");
        }

        RecordReading.Make(text, record, members, static name => $"global::Smpi.ProtobufShapes.Missing({Literals.Text(name)})",
            static (name, _) => $"global::Smpi.ProtobufShapes.Absent({Literals.Text(name)})");
        text.Close();
    }

    /// <summary>Declares a local for each member, and which of them count as seen from the beginning: those whose absence is a value of its own.</summary>
    private static bool[] Locals(SourceText text, ProtobufValues values, TypeModel record, MemberModel[] members)
    {
        ulong[] seen = new ulong[((members.Length - 1) / 64) + 1];
        bool[] isTracked = new bool[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            MemberModel member = members[i];
            bool isParameter = member.Access == MemberAccess.Parameter, isRepeated = values.IsRepeated(member.Type);
            string initial = member.IsNullable || isRepeated ? $"default({member.Type})!"
                : isParameter && member.HasDefault ? record.Parameters[member.Position].Default
                : ProtobufValues.Zero(member.Type);
            text.Line($"{member.Type} {RecordReading.Local(i)} = {initial};");
            if (!values.IsInline(member.Type)) text.Line($"global::Smpi.ProtobufField<{member.Type}> f{i} = default;");
            isTracked[i] = member.IsRequired || (!isParameter && !member.IsNullable && !isRepeated);
            if (!isTracked[i]) seen[i / 64] |= 1UL << (i % 64);
        }

        for (int word = 0; word < seen.Length; word++) text.Line($"ulong seen{word} = 0x{seen[word]:x}UL;");
        return isTracked;
    }
}
