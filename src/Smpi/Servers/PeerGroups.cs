using System.Collections.Concurrent;

namespace Smpi;

/// <summary>The groups of a server that have peers, by name. A name costs nothing while its group is empty.</summary>
internal sealed class PeerGroups
{
    // Guards every change, together with the names of a peer's groups; who only reads takes no lock.
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, (NamedGroup Name, PeerGroup Peers)> _groups = new(StringComparer.Ordinal);

    /// <summary>The group of a name: the same object as long as it has peers.</summary>
    public NamedGroup Get(string name) =>
        _groups.TryGetValue(name, out (NamedGroup Name, PeerGroup Peers) group) ? group.Name : new NamedGroup(this, name);

    /// <summary>The peers of a group; null while it is empty.</summary>
    public PeerGroup? Find(string name) => _groups.TryGetValue(name, out (NamedGroup Name, PeerGroup Peers) group) ? group.Peers : null;

    public void Add(NamedGroup group, PeerChannel peer)
    {
        lock (_gate)
        {
            // A peer that went while it was added does not stay.
            if (peer.IsGone) return;
            if (!_groups.TryGetValue(group.Name, out (NamedGroup Name, PeerGroup Peers) known))
            {
                _groups[group.Name] = known = (group, new PeerGroup());
            }

            known.Peers.Add(peer);
            (peer.Groups ??= new HashSet<string>(StringComparer.Ordinal)).Add(group.Name);
        }
    }

    public bool Remove(string name, PeerChannel peer)
    {
        lock (_gate)
        {
            if (peer.Groups?.Remove(name) != true) return false;
            Leave(name, peer);
            return true;
        }
    }

    /// <summary>Takes a peer that is gone out of all its groups.</summary>
    public void Left(PeerChannel peer)
    {
        lock (_gate)
        {
            foreach (string name in peer.Groups ?? []) Leave(name, peer);
            peer.Groups = null;
        }
    }

    private void Leave(string name, PeerChannel peer)
    {
        PeerGroup peers = _groups[name].Peers;
        peers.Remove(peer);
        if (peers.Count == 0) _groups.TryRemove(name, out _);
    }
}
