using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>The names that memory connections are made by. One network does not see the names of another.</summary>
public sealed class MemoryNetwork
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryEndpoint> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The network of this process, used when none is given. Tests that run side by side make networks of their own.</summary>
    public static MemoryNetwork Shared { get; } = new();

    internal MemoryEndpoint Find(string name)
    {
        lock (_gate)
        {
            return _endpoints.TryGetValue(name, out MemoryEndpoint? endpoint) || TryFindPath(name, out endpoint) ? endpoint : throw Nobody(name, _endpoints.Keys);
        }
    }

    internal void Add(MemoryEndpoint endpoint)
    {
        lock (_gate)
        {
            if (_endpoints.TryAdd(endpoint.Name, endpoint)) return;
        }

        throw new SmpiConfigurationException($"The name 'memory:{endpoint.Name}' is in use: dispose its listener first, or choose another name or network.");
    }

    internal void Remove(MemoryEndpoint endpoint)
    {
        lock (_gate) _endpoints.Remove(endpoint.Name);
    }

    // A server inside a web application knows its paths and not its host: it is named '*/path', and answers the address of any host with that path.
    private bool TryFindPath(string name, [NotNullWhen(true)] out MemoryEndpoint? found)
    {
        found = null;
        if (!Uri.TryCreate(name, UriKind.Absolute, out Uri? address) || address.Scheme is not ("ws" or "wss")) return false;
        string[] path = address.AbsolutePath.Trim('/').Split('/');
        found = _endpoints.Values.FirstOrDefault(endpoint => endpoint.Name.StartsWith('*') && endpoint.Name.Split(' ').Any(one => Fits(path, one[1..].Trim('/').Split('/'))));
        return found is not null;
    }

    // '**' stands for a prefix that is not known, and a part in braces for anything.
    private static bool Fits(string[] path, string[] pattern)
    {
        if (pattern[0] == "**") (path, pattern) = (path[Math.Max(0, path.Length - pattern.Length + 1)..], pattern[1..]);
        return path.Length == pattern.Length
            && path.Zip(pattern).All(static pair => pair.Second.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    private static ChannelClosedException Nobody(string name, Dictionary<string, MemoryEndpoint>.KeyCollection names)
    {
        string known = names.Count == 0 ? "none" : string.Join(", ", names.Order(StringComparer.Ordinal).Select(known => $"'{known}'"));
        return new(new CloseReason(ErrorCode.Unavailable, $"Nobody listens on memory:{name}. Names with listeners: {known}.", ClosedBy.Transport));
    }
}
