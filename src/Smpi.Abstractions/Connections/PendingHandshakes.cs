using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>The handshakes that run, oldest first, and how many of them each origin has.</summary>
internal sealed class PendingHandshakes(int most)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PendingHandshake> _all = new();
    private readonly Dictionary<PendingHandshake, LinkedListNode<PendingHandshake>> _nodes = [];
    private readonly Dictionary<string, int> _origins = new(StringComparer.Ordinal);

    /// <summary>How many run.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _all.Count;
        }
    }

    /// <summary>How long it takes until the next one can be added and the one that is given up for it has had its moment; zero or less for now.</summary>
    public TimeSpan Wait(TimeSpan moment)
    {
        lock (_gate) return _all.Count < most || Oldest() is not { } oldest ? TimeSpan.Zero : moment - oldest.Age;
    }

    /// <summary>Adds one; when that is one too many, the oldest of the origin that has most is taken out.</summary>
    public PendingHandshake Add(string origin, CancellationToken ended, out PendingHandshake? evicted)
    {
        var handshake = new PendingHandshake(origin, ended);
        lock (_gate)
        {
            evicted = _all.Count < most ? null : Oldest();
            if (evicted is not null) Take(evicted);
            _nodes.Add(handshake, _all.AddLast(handshake));
            CollectionsMarshal.GetValueRefOrAddDefault(_origins, origin, out _)++;
        }

        return handshake;
    }

    /// <summary>Takes one out, if it is still there.</summary>
    public void Remove(PendingHandshake handshake)
    {
        lock (_gate) Take(handshake);
    }

    private PendingHandshake? Oldest()
    {
        int largest = _origins.Values.Max();
        return _all.FirstOrDefault(one => _origins[one.Origin] == largest);
    }

    private void Take(PendingHandshake handshake)
    {
        if (!_nodes.Remove(handshake, out LinkedListNode<PendingHandshake>? node)) return;
        _all.Remove(node);
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_origins, handshake.Origin);
        if (--count == 0) _origins.Remove(handshake.Origin);
    }
}
