namespace Smpi;

/// <summary>The open calls of this side. An id is a slot and how often the slot was used, so an answer finds its call without a dictionary and never the wrong one.</summary>
internal sealed class CallTable
{
    private const int SlotBits = 12;
    private const ulong SlotMask = (1UL << SlotBits) - 1;

    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private OutgoingCall?[] _calls = new OutgoingCall?[8];
    private ulong[] _uses = new ulong[8];
    private int _used;
    private int _open;
    private bool _closed;

    public int Count => Volatile.Read(ref _open);

    /// <summary>Gives a call its id. False when the link has ended.</summary>
    public bool TryAdd(OutgoingCall call)
    {
        lock (_gate)
        {
            if (_closed) return false;
            if (!_free.TryPop(out int slot)) slot = NewSlot();
            ulong id = (++_uses[slot] << SlotBits) | (uint)slot;
            call.Open(id);
            Volatile.Write(ref _calls[slot], call);
            _open++;
            return true;
        }
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

        lock (_gate) issued = slot < _used && id >> SlotBits != 0 && id >> SlotBits <= _uses[slot];
        return null;
    }

    public void Remove(ulong id)
    {
        int slot = (int)(id & SlotMask);
        lock (_gate)
        {
            Volatile.Write(ref _calls[slot], null);
            _free.Push(slot);
            _open--;
        }
    }

    /// <summary>The open calls at this moment.</summary>
    public (OutgoingCall Call, ulong Id)[] Snapshot(bool close = false)
    {
        lock (_gate)
        {
            _closed |= close;
            return [.. _calls.Where(call => call is not null).Select(call => (call!, call!.Id))];
        }
    }

    private int NewSlot()
    {
        if (_used == _calls.Length)
        {
            if (_used > (int)SlotMask) throw new InvalidOperationException("More calls are open than ids exist; the call limits should have prevented it.");
            OutgoingCall?[] calls = new OutgoingCall?[_used * 2];
            _calls.CopyTo(calls, 0);
            Array.Resize(ref _uses, _used * 2);
            Volatile.Write(ref _calls, calls);
        }

        return _used++;
    }
}
