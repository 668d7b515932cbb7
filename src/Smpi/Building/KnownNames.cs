namespace Smpi;

/// <summary>The names of first-party providers and where they are, so that a name that was not added gets a useful sentence.</summary>
internal static class KnownNames
{
    private static readonly Dictionary<string, (string Kind, string Package, string Call)> Names = new(StringComparer.Ordinal)
    {
        ["json"] = ("encoding", "Smpi.Encodings.Json", "AddJson()"),
        ["protobuf"] = ("encoding", "Smpi.Encodings.Protobuf", "AddProtobuf()"),
        ["msgpack"] = ("encoding", "Smpi.Encodings.MessagePack", "AddMessagePack()"),
        ["interop"] = ("format", "Smpi.Formats.Interop", "AddInterop()"),
        ["jsonrpc"] = ("format", "Smpi.Formats.JsonRpc", "AddJsonRpc()"),
        ["jsonrpc-lines"] = ("format", "Smpi.Formats.JsonRpc", "AddJsonRpc()"),
        ["jk"] = ("format", "Smpi.Formats.Jk", "AddJk()"),
        ["smpi-json"] = ("format", "Smpi.Providers.Native", "AddNative()"),
        ["tcp"] = ("protocol", "Smpi.Providers.Tcp", "AddTcp()"),
        ["tls"] = ("protocol", "Smpi.Providers.Tcp", "AddTcp()"),
        ["unix"] = ("protocol", "Smpi.Providers.Tcp", "AddTcp()"),
        ["pipe"] = ("protocol", "Smpi.Providers.Tcp", "AddTcp()"),
        ["ipc"] = ("protocol", "Smpi.Providers.Tcp", "AddTcp()"),
        ["stdio"] = ("protocol", "Smpi.Providers.Stdio", "AddStdio()"),
        ["ws"] = ("protocol", "Smpi.Providers.WebSocket", "AddWebSocket()"),
        ["wss"] = ("protocol", "Smpi.Providers.WebSocket", "AddWebSocket()"),
        ["ffi"] = ("protocol", "Smpi.Providers.Native", "AddNative()"),
        ["ffi-child"] = ("protocol", "Smpi.Providers.Native", "AddNative()"),
        ["amqp"] = ("protocol", "Smpi.Providers.Amqp", "AddAmqp()"),
    };

    /// <summary>Packages that come in a later version: a sentence may name what they bring, and must not send anybody to look for them.</summary>
    private static readonly HashSet<string> Planned = new(StringComparer.Ordinal)
    {
        "Smpi.Formats.Interop", "Smpi.Formats.JsonRpc", "Smpi.Formats.Jk", "Smpi.Providers.Native", "Smpi.Providers.Amqp",
    };

    /// <summary>Every package that a name may lead to, and whether it is there already.</summary>
    public static IEnumerable<(string Package, bool IsPlanned)> Packages => Names.Values.Select(one => (one.Package, Planned.Contains(one.Package))).Distinct();

    /// <summary>The sentence for a name that is not registered.</summary>
    /// <param name="what">What the name should be, such as <c>protocol</c> or <c>format or encoding</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="registered">The names that are registered as that.</param>
    /// <param name="instead">What else the name is registered as; null for nothing.</param>
    public static SmpiConfigurationException Unknown(string what, string name, IEnumerable<string> registered, string? instead = null)
    {
        string[] known = [.. registered.Distinct().Order(StringComparer.Ordinal)];
        string list = known.Length == 0 ? "none" : string.Join(", ", known.Select(one => $"'{one}'"));
        bool first = Names.TryGetValue(name, out (string Kind, string Package, string Call) own);
        if (instead is null && first && !Is(own.Kind, what)) instead = own.Kind;
        if (instead is not null)
        {
            string order = what == "protocol" || instead == "protocol" ? " In an address formats and encodings stand before the protocol, as in 'json+tcp://127.0.0.1:4711'." : "";
            return new SmpiConfigurationException($"'{name}' is the name of another part, the {instead}, and cannot be the {what}.{order} Added as {what}: {list}.");
        }

        if (first && Planned.Contains(own.Package)) return new SmpiConfigurationException($"The {what} '{name}' is planned and not in this version: choose another. Added are: {list}.");
        if (first) return new SmpiConfigurationException($"The {what} '{name}' is not added: reference the package {own.Package} and call {own.Call}. Added are: {list}.");
        string? nearest = Nearest(name, known.Concat(Names.Where(one => Is(one.Value.Kind, what) && !Planned.Contains(one.Value.Package)).Select(one => one.Key)));
        string hint = nearest is null ? "" : known.Contains(nearest)
            ? $" Did you mean '{nearest}'?"
            : $" Did you mean '{nearest}', of the package {Names[nearest].Package} with {Names[nearest].Call}?";
        return new SmpiConfigurationException($"There is no {what} '{name}'.{hint} Added are: {list}.");
    }

    private static bool Is(string kind, string what) => what.Split(" or ").Contains(kind);

    /// <summary>The candidate that takes the fewest edits, if they are few.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = (2 * Math.Max(1, name.Length / 3)) + 1;
        foreach (string candidate in candidates)
        {
            if (2 * Math.Abs(candidate.Length - name.Length) >= least) continue;
            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < least) (best, least) = (candidate, edits);
        }

        return best;
    }

    // The distance of Damerau and Levenshtein (optimal string alignment). Two letters that changed places are the likeliest slip and cost half.
    private static int Edits(string left, string right)
    {
        const int Edit = 2;
        const int Swap = 1;
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) cost[i, 0] = i * Edit;
        for (int j = 0; j <= right.Length; j++) cost[0, j] = j * Edit;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : Edit);
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + Edit, replaced);
                bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (swapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + Swap);
            }
        }

        return cost[left.Length, right.Length];
    }
}
