namespace Smpi;

/// <summary>The open calls of the peer, by the peer's id.</summary>
/// <remarks>Peers number their calls from low bits upwards, so most ids find a slot of their own; those that do not, and textual ones, are in a dictionary.</remarks>
internal sealed class InboundTable(int maxCalls, SharedOctets? listener)
{
    private const int FirstSlots = 4;
    private const int MostSlots = 1024;

    // Octets that the listener is told of later.
    private const long Step = 16 * 1024;

    private Dictionary<MessageId, InboundCall>? _others;
    private (ulong Id, InboundCall? Call)[] _slots = new (ulong, InboundCall?)[FirstSlots];
    private Gate _gate;
    private int _count;
    private long _octets;
    private long _reported;

    /// <summary>Octets of the requests of all open calls.</summary>
    public long Octets => Volatile.Read(ref _octets);

    public bool IsFull => Volatile.Read(ref _count) >= maxCalls;

    /// <summary>Adds a call; false when its id is in use.</summary>
    public bool TryAdd(InboundCall call)
    {
        MessageId id = call.Id;
        long change = 0;
        _gate.Enter();
        try
        {
            if (_others is { Count: > 0 } others && others.ContainsKey(id)) return false;
            if (!id.IsNumber || !TryPlace(id.Number, call))
            {
                if (id.IsNumber && _slots[Slot(id.Number)].Id == id.Number) return false;
                (_others ??= []).Add(id, call);
            }

            _count++;
            change = Count(call.Octets);
        }
        finally
        {
            _gate.Exit();
        }

        if (change != 0) listener?.Add(change);
        return true;
    }

    public InboundCall? Find(MessageId id)
    {
        _gate.Enter();
        try
        {
            return Get(id);
        }
        finally
        {
            _gate.Exit();
        }
    }

    public void Remove(InboundCall call)
    {
        MessageId id = call.Id;
        long change;
        _gate.Enter();
        try
        {
            ref (ulong Id, InboundCall? Call) slot = ref _slots[id.IsNumber ? Slot(id.Number) : 0];
            if (ReferenceEquals(slot.Call, call)) slot = default;
            else if (_others?.Remove(id) != true) return;
            _count--;
            change = Count(-call.Octets);
        }
        finally
        {
            _gate.Exit();
        }

        if (change != 0) listener?.Add(change);
    }

    /// <summary>Cancels the handler of a call, unless the call has ended.</summary>
    public void Abort(MessageId id)
    {
        InboundCall? call;
        CancellationTokenSource? source = null;
        _gate.Enter();
        try
        {
            call = Get(id);
            if (call?.TryAbort(out source) != true) return;
        }
        finally
        {
            _gate.Exit();
        }

        call.Aborting(source);
    }

    /// <summary>Counts the call as ended whose handler has the token.</summary>
    public bool TryForgive(CancellationToken token)
    {
        _gate.Enter();
        try
        {
            return _slots.Any(slot => slot.Call?.TryForgive(token) == true) || (_others?.Values.Any(call => call.TryForgive(token)) ?? false);
        }
        finally
        {
            _gate.Exit();
        }
    }

    public (InboundCall Call, MessageId Id)[] Snapshot()
    {
        _gate.Enter();
        try
        {
            return
            [
                .. _slots.Where(slot => slot.Call is not null).Select(slot => (slot.Call!, new MessageId(slot.Id))),
                .. (_others ?? []).Select(pair => (pair.Value, pair.Key)),
            ];
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Counts octets, and returns those that the listener has to be told of: in steps, because all its connections meet there.</summary>
    private long Count(long octets)
    {
        _octets += octets;
        long change = _octets - _reported;
        if (change is < Step and > -Step && (_octets != 0 || change == 0)) return 0;
        _reported = _octets;
        return change;
    }

    private InboundCall? Get(MessageId id) =>
        id.IsNumber && _slots[Slot(id.Number)] is { Call: { } call } slot && slot.Id == id.Number ? call : _others?.GetValueOrDefault(id);

    private int Slot(ulong number) => (int)number & (_slots.Length - 1);

    private bool TryPlace(ulong number, InboundCall call)
    {
        while (_slots[Slot(number)].Call is not null)
        {
            if (_slots[Slot(number)].Id == number || _slots.Length == MostSlots) return false;
            var larger = new (ulong Id, InboundCall? Call)[_slots.Length * 2];
            foreach ((ulong Id, InboundCall? Call) slot in _slots)
            {
                if (slot.Call is not null) larger[(int)slot.Id & (larger.Length - 1)] = slot;
            }

            _slots = larger;
        }

        _slots[Slot(number)] = (number, call);
        return true;
    }
}
