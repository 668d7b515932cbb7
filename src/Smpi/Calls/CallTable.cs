namespace Smpi;

/// <summary>The open calls of this side. An id is a slot and how often the slot was used, so an answer finds its call without a dictionary and never the wrong one.</summary>
internal sealed class CallTable(SharedGate gate)
{
    private const int SlotBits = 12;
    private const ulong SlotMask = (1UL << SlotBits) - 1;

    private int[] _free = new int[8];
    private int _freeCount;
    private OutgoingCall?[] _calls = new OutgoingCall?[8];
    private ulong[] _uses = new ulong[8];
    private int _used;
    private int _open;
    private bool _closed;

    public int Count => Volatile.Read(ref _open);

    /// <summary>Gives a call a place and its id. False when it would have to wait for either, or the link has ended.</summary>
    public bool TryOpen(OutgoingCall call, CallGate places)
    {
        gate.Enter();
        bool open = places.MayEnter && TryPlace(call);
        if (open) places.TakePlace();
        gate.Exit();
        return open;
    }

    /// <summary>Gives a call that has a place its id. False when the link has ended.</summary>
    public bool TryAdd(OutgoingCall call)
    {
        gate.Enter();
        bool open = TryPlace(call);
        bool full = !open && !_closed;
        gate.Exit();
        if (!full) return open;
        Grow();
        return TryAdd(call);
    }

    /// <summary>Finds an open call.</summary>
    /// <param name="id">The id.</param>
    /// <param name="issued">Whether the id was ever issued: its answer is then merely late.</param>
    public OutgoingCall? Find(ulong id, out bool issued)
    {
        int slot = (int)(id & SlotMask);
        OutgoingCall?[] calls = Volatile.Read(ref _calls);
        OutgoingCall? call = slot < calls.Length ? Volatile.Read(ref calls[slot]) : null;
        if (call is not null && call.Id == id)
        {
            issued = true;
            return call;
        }

        gate.Enter();
        issued = slot < _used && id >> SlotBits != 0 && id >> SlotBits <= _uses[slot];
        gate.Exit();
        return null;
    }

    /// <summary>Ends a call and gives its place back. True for exactly one caller.</summary>
    /// <param name="call">The call.</param>
    /// <param name="id">Its id.</param>
    /// <param name="places">Where it has its place.</param>
    /// <param name="waits">Whether somebody waits for the place, for <see cref="CallGate.Left"/>.</param>
    public bool TryRemove(OutgoingCall call, ulong id, CallGate places, out bool waits)
    {
        waits = false;
        int slot = (int)(id & SlotMask);
        gate.Enter();
        bool found = slot < _used && ReferenceEquals(_calls[slot], call) && call.Id == id;
        if (found)
        {
            call.SetId(0);
            Volatile.Write(ref _calls[slot], null);
            _free[_freeCount++] = slot;
            _open--;
            waits = places.LeavePlace();
        }

        gate.Exit();
        return found;
    }

    /// <summary>The open calls at this moment.</summary>
    public (OutgoingCall Call, ulong Id)[] Snapshot(bool close = false)
    {
        if (close)
        {
            gate.Enter();
            _closed = true;
            gate.Exit();
        }

        // A call that is added meanwhile is seen or not; once the table is closed none is.
        var open = new List<(OutgoingCall, ulong)>();
        foreach (OutgoingCall? call in Volatile.Read(ref _calls))
        {
            if (call is not null && call.Id is > 0 and ulong id) open.Add((call, id));
        }

        return [.. open];
    }

    private bool TryPlace(OutgoingCall call)
    {
        if (_closed || (_freeCount == 0 && _used == _calls.Length)) return false;
        int slot = _freeCount > 0 ? _free[--_freeCount] : _used++;
        call.SetId((++_uses[slot] << SlotBits) | (uint)slot);
        Volatile.Write(ref _calls[slot], call);
        _open++;
        return true;
    }

    private void Grow()
    {
        int length = Volatile.Read(ref _calls).Length;
        if (length > (int)SlotMask) throw new InvalidOperationException("More calls are open than ids exist; the call limits should have prevented it.");
        var calls = new OutgoingCall?[length * 2];
        ulong[] uses = new ulong[length * 2];
        int[] free = new int[length * 2];
        gate.Enter();
        if (_calls.Length == length)
        {
            Array.Copy(_calls, calls, length);
            Array.Copy(_uses, uses, length);
            Array.Copy(_free, free, _freeCount);
            (_uses, _free) = (uses, free);
            Volatile.Write(ref _calls, calls);
        }

        gate.Exit();
    }
}
