using System.Collections;
using System.Collections.Concurrent;

namespace Smpi;

/// <summary>A set of peers.</summary>
internal sealed class PeerGroup : IPeerGroup
{
    private readonly ConcurrentDictionary<long, PeerChannel> _peers = new();

    public int Count => _peers.Count;

    public void Add(ISmpiPeer peer)
    {
        var own = (PeerChannel)peer;
        _peers[own.Id] = own;

        // A peer that went while it was added does not stay.
        if (own.IsGone) Remove(own);
    }

    public bool Remove(ISmpiPeer peer) => _peers.TryRemove(peer.Id, out _);

    public async ValueTask PublishAsync<TEvent>(string subject, TEvent value, BroadcastOptions? options, CancellationToken cancellationToken)
    {
        BroadcastOptions chosen = options ?? BroadcastOptions.Default;
        var encoded = new BroadcastBodies<TEvent>(value);
        List<ValueTask>? waits = null;
        foreach (KeyValuePair<long, PeerChannel> pair in _peers)
        {
            ValueTask sent = pair.Value.Broadcasts.SendAsync(new Broadcast(subject, encoded.For(pair.Value.Link.Codecs), chosen), cancellationToken);
            if (!sent.IsCompletedSuccessfully) (waits ??= []).Add(sent);
        }

        if (waits is null) return;
        foreach (ValueTask wait in waits) await wait.ConfigureAwait(false);
    }

    public IEnumerator<ISmpiPeer> GetEnumerator() => _peers.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
