namespace Smpi.Generators;

/// <summary>The types of a compilation that an encoding can carry, and why it cannot carry the others.</summary>
internal static class TypeSet
{
    /// <summary>Merges the types of all roots; each is described alike wherever it was found.</summary>
    public static SortedDictionary<string, TypeModel> Merge(IEnumerable<RootModel> roots)
    {
        SortedDictionary<string, TypeModel> all = new(StringComparer.Ordinal);
        foreach (RootModel root in roots)
        {
            foreach (TypeModel type in root.Types)
            {
                string key = type.Id.EndsWith("_Plain", StringComparison.Ordinal) ? TypeCollector.PlainName(type.Name) : type.Name;
                if (!all.ContainsKey(key)) all.Add(key, type);
            }
        }

        return all;
    }

    /// <summary>Takes out what cannot be carried and all that holds it.</summary>
    /// <param name="all">All types; those that cannot be carried are removed.</param>
    /// <param name="refuse">Why an encoding refuses a type; null when it takes it.</param>
    /// <returns>For each type that was removed, the path to the problem and the sentence.</returns>
    public static Dictionary<string, string> Prune(IDictionary<string, TypeModel> all, Func<TypeModel, string?> refuse)
    {
        Dictionary<string, string> problems = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, TypeModel> pair in all)
        {
            if (refuse(pair.Value) is { } problem) problems.Add(pair.Key, problem);
        }

        // A type is removed when one that it holds was, until nothing changes.
        for (bool isChanged = problems.Count > 0; isChanged;)
        {
            isChanged = false;
            foreach (KeyValuePair<string, TypeModel> pair in all)
            {
                if (problems.ContainsKey(pair.Key) || Held(pair.Value).FirstOrDefault(h => problems.ContainsKey(h.Type)) is not { Type: not null } held) continue;
                problems.Add(pair.Key, held.Member.Length > 0 ? $"{pair.Value.ShortName}.{held.Member}: {problems[held.Type]}" : problems[held.Type]);
                isChanged = true;
            }
        }

        foreach (string key in problems.Keys) all.Remove(key);
        return problems;
    }

    private static IEnumerable<(string Type, string Member)> Held(TypeModel type)
    {
        foreach (string argument in type.Arguments) yield return (argument, "");
        foreach (MemberModel member in type.Members) yield return (member.Type, member.Name);
        foreach (CaseModel of in type.Cases) yield return (of.Type, "");
        if (type.HasOwnForm) yield return (TypeCollector.PlainName(type.Name), "");
    }
}
