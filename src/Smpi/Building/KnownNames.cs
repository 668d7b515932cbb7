namespace Smpi;

/// <summary>The names of first-party providers and where they are, so that a name that was not added gets a useful sentence.</summary>
internal static class KnownNames
{
    private static readonly Dictionary<string, (string Package, string Call)> Names = new(StringComparer.Ordinal)
    {
        ["json"] = ("Smpi.Encodings.Json", "AddJson()"),
        ["protobuf"] = ("Smpi.Encodings.Protobuf", "AddProtobuf()"),
        ["msgpack"] = ("Smpi.Encodings.MessagePack", "AddMessagePack()"),
        ["interop"] = ("Smpi.Formats.Interop", "AddInterop()"),
        ["jsonrpc"] = ("Smpi.Formats.JsonRpc", "AddJsonRpc()"),
        ["jsonrpc-lines"] = ("Smpi.Formats.JsonRpc", "AddJsonRpc()"),
        ["jk"] = ("Smpi.Formats.Jk", "AddJk()"),
        ["smpi-json"] = ("Smpi.Providers.Native", "AddNative()"),
        ["tcp"] = ("Smpi.Providers.Tcp", "AddTcp()"),
        ["tls"] = ("Smpi.Providers.Tcp", "AddTcp()"),
        ["unix"] = ("Smpi.Providers.Tcp", "AddTcp()"),
        ["pipe"] = ("Smpi.Providers.Tcp", "AddTcp()"),
        ["ipc"] = ("Smpi.Providers.Tcp", "AddTcp()"),
        ["stdio"] = ("Smpi.Providers.Stdio", "AddStdio()"),
        ["ws"] = ("Smpi.Providers.WebSocket", "AddWebSocket()"),
        ["wss"] = ("Smpi.Providers.WebSocket", "AddWebSocket()"),
        ["ffi"] = ("Smpi.Providers.Native", "AddNative()"),
        ["ffi-child"] = ("Smpi.Providers.Native", "AddNative()"),
        ["amqp"] = ("Smpi.Providers.Amqp", "AddAmqp()"),
    };

    /// <summary>The sentence for a name that is not registered.</summary>
    /// <param name="what">What the name should be, such as <c>protocol</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="registered">The names that are registered.</param>
    public static SmpiConfigurationException Unknown(string what, string name, IEnumerable<string> registered)
    {
        string[] known = [.. registered.Order(StringComparer.Ordinal)];
        string list = known.Length == 0 ? "none" : string.Join(", ", known.Select(one => $"'{one}'"));
        if (Names.TryGetValue(name, out (string Package, string Call) first))
        {
            return new SmpiConfigurationException($"The {what} '{name}' is not added: reference the package {first.Package} and call {first.Call}. Added are: {list}.");
        }

        string? nearest = Nearest(name, known.Concat(Names.Keys));
        string hint = nearest is null ? "" : Names.TryGetValue(nearest, out first) && !known.Contains(nearest)
            ? $" Did you mean '{nearest}', of the package {first.Package}?"
            : $" Did you mean '{nearest}'?";
        return new SmpiConfigurationException($"There is no {what} '{name}'.{hint} Added are: {list}.");
    }

    /// <summary>The candidate that takes the fewest edits, if they are few.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = (2 * Math.Max(1, name.Length / 3)) + 1;
        foreach (string candidate in candidates)
        {
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
