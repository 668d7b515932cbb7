namespace Smpi.Generators;

/// <summary>The numbers of fields: committed ones first, then <c>[Field]</c>, then the order of declaration.</summary>
internal static class FieldNumbers
{
    /// <summary>The numbers of everything in a type that has numbers, in the order that they are written.</summary>
    public static LockEntry[] Of(TypeModel type, LockFile? file) => type.Kind switch
    {
        ShapeKind.Record => OfRecord(type, file),
        ShapeKind.Enum => [.. type.EnumMembers.Select(static m => new LockEntry(m.Name, unchecked((int)m.Value), "enum", true))],
        ShapeKind.Union => [.. type.Cases.Select(static (c, i) => new LockEntry(Short(c.Type), i + 1, "case", true))],
        _ => [],
    };

    private static LockEntry[] OfRecord(TypeModel type, LockFile? file)
    {
        MemberModel[] members = [.. type.Members.Where(static m => m.Access != MemberAccess.None)];
        IReadOnlyDictionary<string, LockedField>? locked = file?.Fields(type.LockName);
        bool isLocked = locked is { Count: > 0 };
        int next = isLocked ? locked!.Values.Select(static f => f.Number).Concat(file!.ReservedBy(type.LockName)).Max() : 0;
        var entries = new LockEntry[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            MemberModel member = members[i];
            LockedField? committed = null;
            locked?.TryGetValue(member.Name, out committed);
            int number = member.FieldNumber != 0 ? member.FieldNumber
                : committed is not null ? committed.Number
                : isLocked ? ++next : i + 1;
            entries[i] = new LockEntry(member.Name, number, TypeName(member.Type), member.FieldNumber != 0);
        }

        return entries;
    }

    private static string TypeName(string type) => type.Replace("global::", "").Replace(" ", "").TrimEnd('?');

    private static string Short(string type) => type.Replace("global::", "").Replace("|plain", "") is var name && name.LastIndexOf('.') is var dot && dot >= 0 ? name.Substring(dot + 1) : name;
}
