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
            return _endpoints.TryGetValue(name, out MemoryEndpoint? endpoint) ? endpoint : throw Nobody(name, _endpoints.Keys);
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

    private static ChannelClosedException Nobody(string name, Dictionary<string, MemoryEndpoint>.KeyCollection names)
    {
        string known = names.Count == 0 ? "none" : string.Join(", ", names.Order(StringComparer.Ordinal).Select(known => $"'{known}'"));
        return new(new CloseReason(ErrorCode.Unavailable, $"Nobody listens on memory:{name}. Names with listeners: {known}.", ClosedBy.Transport));
    }
}
