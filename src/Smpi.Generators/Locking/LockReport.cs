using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Reports what contradicts the committed numbers, so that the build fails before a peer misreads a field.</summary>
internal static class LockReport
{
    private const string Update = "build with -p:SmpiUpdateLock=true and commit smpi.lock";

    private static readonly DiagnosticDescriptor Changed = Rules.Of(
        "SMPI0040", "A committed number changed its meaning", "{0}", DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor Stale = Rules.Of(
        "SMPI0041", "smpi.lock is not up to date", "{0}; {1}", DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor Malformed = Rules.Of(
        "SMPI0042", "A line of smpi.lock means nothing", "smpi.lock: '{0}' is neither 'Type.Member = number type' nor 'reserved Type = number, ...'", DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor Clash = Rules.Of(
        "SMPI0043", "Two members have one number", "{0}.{1} and {0}.{2} both have the number {3}; give one another with [Field]", DiagnosticSeverity.Error);

    public static void Report(SourceProductionContext output, EquatableArray<RootModel> roots, IEnumerable<TypeModel> types, LockFile? file)
    {
        foreach (string line in file?.Wrong ?? []) output.ReportDiagnostic(Diagnostic.Create(Malformed, Location.None, line));
        HashSet<string> present = [];
        foreach (TypeModel type in types)
        {
            if (type.Kind is not (ShapeKind.Record or ShapeKind.Enum or ShapeKind.Union) || !present.Add(type.LockName)) continue;
            LockEntry[] entries = FieldNumbers.Of(type, file);
            if (type.Kind == ShapeKind.Record) Clashes(output, roots, type, entries);
            if (file is not null) Compare(output, roots, type, entries, file);
        }

        foreach (string type in file?.Types ?? [])
        {
            if (!present.Contains(type) && file!.Fields(type).Count > 0)
                output.ReportDiagnostic(Diagnostic.Create(Stale, Location.None, $"smpi.lock has {type}, which no longer travels", Update));
        }
    }

    private static void Compare(SourceProductionContext output, EquatableArray<RootModel> roots, TypeModel type, LockEntry[] entries, LockFile file)
    {
        Location where = Where(roots, type);
        foreach (LockEntry entry in entries)
        {
            string name = $"{type.ShortName}.{entry.Member}";
            if (!file.Fields(type.LockName).TryGetValue(entry.Member, out LockedField? locked))
                Tell(file.ReservedBy(type.LockName).Contains(entry.Number) ? Changed : Stale, file.ReservedBy(type.LockName).Contains(entry.Number)
                    ? $"{name} takes the number {entry.Number}, which belonged to something that was removed; give it another"
                    : $"smpi.lock lacks {name}");
            else if (locked.Number != entry.Number)
                Tell(Changed, $"{name} has the number {entry.Number}, and was committed with {locked.Number}; peers would misread it, so restore {locked.Number}");
            else if (locked.Type.Length > 0 && locked.Type != entry.Type)
                Tell(Changed, $"{name} is a {entry.Type}, and number {locked.Number} was committed as {locked.Type}; peers would misread it, so add a member of a new name, or {Update} if no peer is left");
        }

        foreach (KeyValuePair<string, LockedField> locked in file.Fields(type.LockName))
        {
            if (!Array.Exists(entries, e => e.Member == locked.Key))
                Tell(Stale, $"smpi.lock has {type.ShortName}.{locked.Key}, which is gone; its number {locked.Value.Number} has to be reserved");
        }

        void Tell(DiagnosticDescriptor rule, string sentence) =>
            output.ReportDiagnostic(rule.Id == "SMPI0041" ? Diagnostic.Create(rule, where, sentence, Update) : Diagnostic.Create(rule, where, sentence));
    }

    private static void Clashes(SourceProductionContext output, EquatableArray<RootModel> roots, TypeModel type, LockEntry[] entries)
    {
        foreach (IGrouping<int, LockEntry> same in entries.GroupBy(static e => e.Number).Where(static g => g.Count() > 1))
        {
            LockEntry[] both = [.. same];
            output.ReportDiagnostic(Diagnostic.Create(Clash, Where(roots, type), type.ShortName, both[0].Member, both[1].Member, same.Key));
        }
    }

    // The type itself where it is a root, otherwise the first root that holds it.
    private static Location Where(EquatableArray<RootModel> roots, TypeModel type) =>
        (roots.FirstOrDefault(r => r.Name == type.Name) ?? roots.FirstOrDefault(r => r.Types.Any(t => t.Name == type.Name)))?.Where.ToLocation() ?? Location.None;
}
