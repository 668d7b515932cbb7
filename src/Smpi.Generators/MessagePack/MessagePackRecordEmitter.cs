namespace Smpi.Generators;

/// <summary>Writes the shape of one record.</summary>
internal static class MessagePackRecordEmitter
{
    // Beyond that the code would grow and gain little.
    private const int MostInOrder = 32;

    public static void Emit(SourceText text, MessagePackValues values, TypeModel record)
    {
        MemberModel[] readable = [.. record.Members.Where(static m => m.Access != MemberAccess.None)];
        text.Line().Line(Header.Attributes).Open($"internal sealed class {record.Id}_Shape : global::Smpi.MessagePackRecordShape<{record.Name}>");
        text.Line($"protected override int MapCount => {record.Members.Count};").Line();
        text.Line($"protected override int ArrayCount => {readable.Length};").Line();
        Write(text, values, record, [.. record.Members], "WriteMap", withNames: true);
        Write(text, values, record, readable, "WriteArray", withNames: false);
        Read(text, values, record, readable);
        Find(text, readable);
        Name(text, [.. record.Members]);
        text.Close();
    }

    private static void Write(SourceText text, MessagePackValues values, TypeModel record, MemberModel[] members, string method, bool withNames)
    {
        text.Open($"protected override void {method}(ref global::Smpi.MessagePackWriter writer, {record.Name} value)");
        text.Line("int at = 0;").Open("try");
        for (int i = 0; i < members.Length;)
        {
            int count = MessagePackRunEmitter.CountFrom(values, members, i);
            if (count > 1) MessagePackRunEmitter.Write(text, values, members, i, count, withNames);
            else Write(text, values, members, i, withNames);
            i += count;
        }

        text.Close().Open($"catch (global::System.Exception error) when (Within(error, {(withNames ? "Name(at)" : NameOf(record, members))}))");
        text.Line("throw;").Close().Close().Line();
    }

    /// <summary>Writes one member; <paramref name="value"/> where it is in a local already.</summary>
    public static void Write(SourceText text, MessagePackValues values, MemberModel[] members, int at, bool withNames, string? value = null)
    {
        MemberModel member = members[at];
        text.Line($"at = {at};");
        if (withNames) text.Line($"writer.WriteRaw({Key(member)});");
        text.Line(values.Write(member.Type, value ?? $"value.@{member.Name}"));
    }

    // Members that are only computed are not in arrays, so positions differ from those in maps.
    private static string NameOf(TypeModel record, MemberModel[] readable)
    {
        if (record.Members.Count == readable.Length) return "Name(at)";
        List<MemberModel> all = [.. record.Members];
        return "Name(at switch { " + string.Concat(readable.Select((m, i) => $"{i} => {all.IndexOf(m)}, ")) + "_ => -1 })";
    }

    private static void Read(SourceText text, MessagePackValues values, TypeModel record, MemberModel[] readable)
    {
        text.Open($"public override {record.Name} Read(ref global::Smpi.MessagePackReader reader)");
        if (!record.IsValueType) text.Line("if (reader.TryReadNil()) return null!;").Line("reader.Count();");
        RecordReading.Locals(text, record, readable);
        text.Line("int at = -1;").Open("try");
        text.Line("int i = 0, count = reader.ReadRecordHeader(out bool isMap);");
        InOrder(text, values, readable);
        text.Line("var unknown = default(global::Smpi.MessagePackUnknownKeys);");
        text.Open("for (; i < count; i++)");
        text.Line("global::System.ReadOnlySpan<byte> name = default;");
        text.Line("at = -1;");
        text.Line($"if (!isMap) at = i < {readable.Length} ? i : -1;");
        text.Line("else if (unknown.TryReadName(ref reader, out name)) at = Find(name);");
        text.Line("else continue;");
        text.Open("switch (at)");
        for (int i = 0; i < readable.Length; i++)
        {
            text.Line($"case {i}:");
            text.Line($"    if ({RecordReading.IsSeen(i)}) throw Duplicate({Literals.Text(readable[i].WireName)});");
            text.Line($"    {RecordReading.See(i)}");
            text.Line($"    {RecordReading.Local(i)} = {values.Read(readable[i].Type)};");
            text.Line("    break;");
        }

        text.Line("default:").Line("    if (isMap) unknown.Skip(ref reader, name);").Line("    else reader.Skip();").Line("    break;");
        text.Close().Close();
        text.Line("at = -1;").Line("unknown.Check();").Line("reader.End();");
        text.Close().Open($"catch (global::System.Exception error) when (at >= 0 && Within(error, {NameOf(record, readable)}))").Line("throw;").Close().Line();
        RecordReading.Make(text, record, readable, static name =>
            $"Missing({Literals.Text(name)})", static (name, isThere) => $"NotNull({Literals.Text(name)}, {isThere})");
        text.Close().Line();
    }

    // Writers keep the order of declaration, so each member is tried once before the search, which gets what comes in another order, twice or from elsewhere.
    private static void InOrder(SourceText text, MessagePackValues values, MemberModel[] readable)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        MemberModel[] tried = [.. readable.Take(MostInOrder).TakeWhile(m => names.Add(m.WireName))];
        for (int i = 0; i < tried.Length;)
        {
            int count = MessagePackRunEmitter.CountFrom(values, tried, i);
            if (count > 1) MessagePackRunEmitter.Read(text, tried, i, count);
            for (int each = i; each < i + count; each++) InOrder(text, values, tried, each);
            if (count > 1) text.Close();
            i += count;
        }
    }

    private static void InOrder(SourceText text, MessagePackValues values, MemberModel[] tried, int at)
    {
        text.Open($"if (i < count && (!isMap || reader.TryReadKey({Key(tried[at])})))");
        text.Line($"at = {at};").Line(RecordReading.See(at)).Line($"{RecordReading.Local(at)} = {values.Read(tried[at].Type)};").Line("i++;").Close();
    }

    /// <summary>The name as an encoded string: octets that the compiler keeps as data.</summary>
    public static string Key(MemberModel member) => $"new byte[] {{ {string.Join(", ", KeyOctets(member).Select(static octet => $"0x{octet:x2}"))} }}";

    public static byte[] KeyOctets(MemberModel member)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(member.WireName);
        byte[] head = name.Length switch
        {
            < 32 => [(byte)(0xa0 | name.Length)],
            <= byte.MaxValue => [0xd9, (byte)name.Length],
            <= ushort.MaxValue => [0xda, (byte)(name.Length >> 8), (byte)name.Length],
            _ => [0xdb, (byte)(name.Length >> 24), (byte)(name.Length >> 16), (byte)(name.Length >> 8), (byte)name.Length],
        };
        return [.. head, .. name];
    }

    private static void Find(SourceText text, MemberModel[] readable)
    {
        text.Open("private static int Find(global::System.ReadOnlySpan<byte> name)");
        text.Open("switch (name.Length)");
        foreach (IGrouping<int, (string Name, int At)> group in readable
            .Select(static (m, i) => (m.WireName, i)).GroupBy(static m => System.Text.Encoding.UTF8.GetByteCount(m.WireName)).OrderBy(static g => g.Key))
        {
            text.Line($"case {group.Key}:");
            foreach ((string name, int at) in group)
                text.Line($"    if (global::System.MemoryExtensions.SequenceEqual(name, {Literals.Text(name)}u8)) return {at};");
            text.Line("    return -1;");
        }

        text.Line("default: return -1;").Close().Close().Line();
    }

    private static void Name(SourceText text, MemberModel[] members) =>
        text.Line("private static string Name(int at) => at switch { " + string.Concat(members.Select(static (m, i) => $"{i} => {Literals.Text(m.WireName)}, ")) + "_ => \"?\" };");
}
