namespace Smpi;

/// <summary>The open calls of the peer, by the peer's id.</summary>
internal sealed class InboundTable(int maxCalls, SharedOctets? listener)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MessageId, InboundCall> _calls = [];
    private long _octets;

    public int Count
    {
        get
        {
            lock (_gate) return _calls.Count;
        }
    }

    /// <summary>Octets of the requests of all open calls.</summary>
    public long Octets => Volatile.Read(ref _octets);

    public bool IsFull => Count >= maxCalls;

    /// <summary>Adds a call; false when its id is in use.</summary>
    public bool TryAdd(InboundCall call)
    {
        lock (_gate)
        {
            if (!_calls.TryAdd(call.Id, call)) return false;
            _octets += call.Octets;
            listener?.Add(call.Octets);
            return true;
        }
    }

    public InboundCall? Find(MessageId id)
    {
        lock (_gate) return _calls.GetValueOrDefault(id);
    }

    public void Remove(InboundCall call)
    {
        lock (_gate)
        {
            if (!_calls.Remove(call.Id)) return;
            _octets -= call.Octets;
            listener?.Add(-call.Octets);
        }
    }

    public (InboundCall Call, MessageId Id)[] Snapshot()
    {
        lock (_gate) return [.. _calls.Select(pair => (pair.Value, pair.Key))];
    }
}
