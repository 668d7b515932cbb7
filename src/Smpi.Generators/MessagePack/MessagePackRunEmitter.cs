namespace Smpi.Generators;

/// <summary>Writes plain members that follow one another by way of one span, which stays in registers: a writer or reader passed by reference lives in memory, and each value waits for the one before it.</summary>
internal static class MessagePackRunEmitter
{
    // More would be too much for the compiler to keep in registers and to inline.
    private const int MostMembers = 8;

    // Room is measured by the longest a text may become, so long ones are written by the writer.
    private const int LongestText = 256;

    private const string Spans = "global::Smpi.MessagePackSpans.";

    /// <summary>How many members from this one on are written and read together; at least one.</summary>
    public static int CountFrom(MessagePackValues values, MemberModel[] members, int first)
    {
        int end = first;
        while (end < members.Length && end - first < MostMembers && values.IsPlain(members[end].Type)) end++;
        return Math.Max(end - first, 1);
    }

    public static void Write(SourceText text, MessagePackValues values, MemberModel[] members, int first, int count, bool withNames)
    {
        int[] run = [.. Enumerable.Range(first, count)];
        int[] texts = [.. run.Where(at => members[at].Type == "string")];
        foreach (int at in texts) text.Line($"at = {at};").Line($"string? t{at} = value.@{members[at].Name};");
        if (texts.Length > 0) text.Open($"if ({string.Join(" && ", texts.Select(static at => $"t{at} is not {{ Length: > {LongestText} }}"))})");
        else text.Open("");
        int keys = withNames ? run.Sum(at => MessagePackRecordEmitter.KeyOctets(members[at]).Length) : 0;
        text.Line($"var room = writer.Reserve({keys} + {count - texts.Length} * {Spans}MostOfNumber{string.Concat(texts.Select(static at => $" + {Spans}MostOf(t{at})"))});");
        foreach (int at in run)
        {
            if (withNames) text.Line($"room = {Spans}Put(room, {Octets(members[at])});");
            string value = texts.Contains(at) ? $"t{at}" : $"value.@{members[at].Name}";
            text.Line($"at = {at};").Line($"room = {Spans}Put(room, {MessagePackValues.Put(members[at].Type, value)});");
        }

        text.Line("writer.Leave(room);").Close();
        if (texts.Length == 0) return;
        text.Open("else");
        foreach (int at in run) MessagePackRecordEmitter.Write(text, values, members, at, withNames, texts.Contains(at) ? $"t{at}" : null);
        text.Close();
    }

    /// <summary>Reads a run, and opens the block of what is done where it is not in its usual form.</summary>
    public static void Read(SourceText text, MemberModel[] members, int first, int count)
    {
        int[] run = [.. Enumerable.Range(first, count)];
        text.Line($"var rest{first} = reader.Rest;");
        string taken = string.Concat(run.Select(at =>
            $" && {Spans}TryTake(ref rest{first}, {Octets(members[at])}) && {Spans}TryTake(ref rest{first}, out {MessagePackValues.Taken(members[at].Type)} r{at})"));
        text.Open($"if (isMap && i + {count} <= count{taken})");
        text.Line($"reader.Leave(rest{first}, {2 * count}, {run.Count(at => members[at].Type == "string")});");
        foreach (int at in run) text.Line(RecordReading.See(at)).Line($"{RecordReading.Local(at)} = {MessagePackValues.Made(members[at].Type, $"r{at}")};");
        text.Line($"i += {count};").Close().Open("else");
    }

    // Said to be a span: an array literal alone could be either.
    private static string Octets(MemberModel member) => $"(global::System.ReadOnlySpan<byte>){MessagePackRecordEmitter.Key(member)}";
}
