using System.Collections;
using System.Collections.Concurrent;

namespace Smpi;

/// <summary>A set of peers.</summary>
internal sealed class PeerGroup : IPeerGroup
{
    private static readonly Members _nobody = new(0, []);
    private readonly ConcurrentDictionary<long, PeerChannel> _peers = new();
    private readonly PoolSet _bodies = new();
    private Members _members = _nobody;
    private int _version;

    public int Count => _peers.Count;

    public void Add(ISmpiPeer peer)
    {
        var own = (PeerChannel)peer;
        _peers[own.Id] = own;
        Interlocked.Increment(ref _version);

        // A peer that went while it was added does not stay.
        if (own.IsGone) Remove(own);
    }

    public bool Remove(ISmpiPeer peer)
    {
        if (!_peers.TryRemove(peer.Id, out _)) return false;
        Interlocked.Increment(ref _version);
        Volatile.Write(ref _members, _nobody);
        return true;
    }

    public ValueTask PublishAsync<TEvent>(string subject, TEvent value, BroadcastOptions? options, CancellationToken cancellationToken)
    {
        BroadcastOptions chosen = options ?? BroadcastOptions.Default;
        var bodies = new BroadcastBodies<TEvent>(_bodies.Of<EncodedBody<TEvent>>(), value);
        List<ValueTask>? waits = null;
        try
        {
            foreach (PeerChannel peer in Current())
            {
                ValueTask sent = peer.Broadcasts.SendAsync(new Broadcast(subject, bodies.For(peer.Link.Codecs), chosen), cancellationToken);
                if (!sent.IsCompletedSuccessfully) (waits ??= []).Add(sent);
            }
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
        finally
        {
            bodies.Release();
        }

        return waits is null ? default : AllAsync(waits);
    }

    public IEnumerator<ISmpiPeer> GetEnumerator() => _peers.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static async ValueTask AllAsync(List<ValueTask> waits)
    {
        foreach (ValueTask wait in waits) await wait.ConfigureAwait(false);
    }

    // Peers come and go seldom, compared to events. The version is read first: what changes while the peers are copied makes the copy an old one.
    private PeerChannel[] Current()
    {
        int version = Volatile.Read(ref _version);
        Members members = Volatile.Read(ref _members);
        if (members.Version == version) return members.Peers;
        members = new Members(version, [.. _peers.Values]);
        Volatile.Write(ref _members, members);
        return members.Peers;
    }

    private sealed record Members(int Version, PeerChannel[] Peers);
}
