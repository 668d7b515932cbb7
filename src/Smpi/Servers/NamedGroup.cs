using System.Collections;

namespace Smpi;

/// <summary>A group of peers by its name. It holds no peers itself, so that objects of the same name are the same group.</summary>
internal sealed class NamedGroup(PeerGroups groups, string name) : IPeerGroup
{
    public string Name => name;

    public int Count => groups.Find(name)?.Count ?? 0;

    public void Add(ISmpiPeer peer) => groups.Add(this, (PeerChannel)peer);

    public bool Remove(ISmpiPeer peer) => groups.Remove(name, (PeerChannel)peer);

    public ValueTask PublishAsync<TEvent>(string subject, TEvent value, BroadcastOptions? options, CancellationToken cancellationToken) =>
        groups.Find(name)?.PublishAsync(subject, value, options, cancellationToken) ?? default;

    public IEnumerator<ISmpiPeer> GetEnumerator() => groups.Find(name)?.GetEnumerator() ?? Enumerable.Empty<ISmpiPeer>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
