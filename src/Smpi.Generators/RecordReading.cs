namespace Smpi.Generators;

/// <summary>The parts of reading a record that every encoding shares: a local for each member, which were seen, and making the record.</summary>
internal static class RecordReading
{
    public static string Local(int member) => $"v{member}";

    public static string IsSeen(int member) => $"(seen{member / 64} & {Bit(member)}) != 0";

    public static string See(int member) => $"seen{member / 64} |= {Bit(member)};";

    /// <summary>Declares the locals; those of the constructor have their defaults.</summary>
    public static void Locals(SourceText text, TypeModel record, MemberModel[] readable)
    {
        for (int i = 0; i < readable.Length; i++)
        {
            MemberModel member = readable[i];
            string initial = member.Access == MemberAccess.Parameter ? record.Parameters[member.Position].Default : $"default({member.Type})!";
            text.Line($"{member.Type} {Local(i)} = {initial};");
        }

        for (int word = 0; word <= (readable.Length - 1) / 64; word++) text.Line($"ulong seen{word} = 0;");
    }

    /// <summary>Makes the record from the locals and returns it.</summary>
    /// <remarks>A member that did not arrive keeps its initializer: one that is init only is copied from a record made without it.</remarks>
    public static void Make(SourceText text, TypeModel record, MemberModel[] readable, Func<string, string> missing, Func<string, string,
        string> absent)
    {
        List<int> initialized = [], assigned = [], copied = [];
        for (int i = 0; i < readable.Length; i++)
        {
            MemberModel member = readable[i];
            if (member.IsRequired) text.Line($"if (!({IsSeen(i)})) throw {missing(member.WireName)};");
            if (member.Access == MemberAccess.Parameter) continue;
            if (member.IsRequired || member.IsRequiredByLanguage) initialized.Add(i);
            else if (member.Access == MemberAccess.Init) copied.Add(i);
            else assigned.Add(i);
        }

        void Refuse(int i, string when) => text.Line($"if ({when}) throw {absent(readable[i].WireName, IsSeen(i))};");
        string IsNull(int i) => $"{Local(i)} is null";
        int[] notNull = [.. Enumerable.Range(0, readable.Length).Where(i => readable[i].IsNotNull)];
        foreach (int i in notNull.Except(copied))
        {
            // A default of the parameter's own is null only where its declaration says so.
            bool isOnlySent = assigned.Contains(i) || (readable[i].Access == MemberAccess.Parameter && readable[i].HasDefault);
            Refuse(i, isOnlySent ? $"{IsNull(i)} && {IsSeen(i)}" : IsNull(i));
        }

        string arguments = string.Join(", ", record.Parameters.Select((p, at) =>
            Array.FindIndex(readable, m => m.Position == at) is var i && i >= 0 ? Local(i) : p.Default));
        string Made(IEnumerable<string> members) => $"new {record.Name}({arguments})" + (members.Any() ? $" {{ {string.Join(", ", members)} }}" : "");
        string Set(int i) => $"@{readable[i].Name} = {Local(i)}";
        if (copied.Count == 0)
        {
            text.Line($"var made = {Made(initialized.Select(Set))};");
        }
        else
        {
            text.Open($"if (!({string.Join(" && ", copied.Select(IsSeen))}))");
            text.Line($"var initial = {Made(initialized.Select(Set))};");
            foreach (int i in copied) text.Line($"if (!({IsSeen(i)})) {Local(i)} = initial.@{readable[i].Name};");
            text.Close();
            foreach (int i in copied.Intersect(notNull)) Refuse(i, IsNull(i));
            text.Line($"var made = {Made(initialized.Concat(copied).Select(Set))};");
        }

        foreach (int i in assigned) text.Line($"if ({IsSeen(i)}) made.@{readable[i].Name} = {Local(i)};");
        foreach (int i in assigned.Intersect(notNull)) Refuse(i, $"!({IsSeen(i)}) && made.@{readable[i].Name} is null");
        text.Line("return made;");
    }

    private static string Bit(int member) => $"0x{1UL << (member % 64):x}UL";
}
