using System.Text;

namespace Smpi.Generators;

/// <summary>Writes the text of a <c>smpi.lock</c>: what the program has now, and the numbers of what it had.</summary>
internal static class LockWriter
{
    public static string Write(IEnumerable<TypeModel> types, LockFile? file)
    {
        var text = new StringBuilder("# The numbers of fields, of enums and of the cases of unions. They never change their meaning: new ones are added, those of what was\n# removed stay reserved. Commit this file; `dotnet build -p:SmpiUpdateLock=true` brings it up to date.\n");
        SortedDictionary<string, TypeModel> known = new(StringComparer.Ordinal);
        foreach (TypeModel type in types.Where(static t => t.Kind is ShapeKind.Record or ShapeKind.Enum or ShapeKind.Union)) known[type.LockName] = type;
        foreach (string name in known.Keys.Concat(file?.Types ?? []).Distinct().OrderBy(static n => n, StringComparer.Ordinal))
        {
            LockEntry[] entries = known.TryGetValue(name, out TypeModel? type) ? FieldNumbers.Of(type, file) : [];
            text.Append('\n');
            foreach (LockEntry entry in entries.OrderBy(static e => e.Number)) text.Append($"{name}.{entry.Member} = {entry.Number} {entry.Type}\n");
            int[] reserved = [.. Gone(name, entries, file).OrderBy(static n => n)];
            if (reserved.Length > 0) text.Append($"reserved {name} = {string.Join(", ", reserved)}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<int> Gone(string type, LockEntry[] entries, LockFile? file)
    {
        if (file is null) return [];
        HashSet<int> taken = [.. entries.Select(static e => e.Number)];
        return file.ReservedBy(type).Concat(file.Fields(type).Values.Select(static f => f.Number)).Distinct().Where(number => !taken.Contains(number));
    }
}
