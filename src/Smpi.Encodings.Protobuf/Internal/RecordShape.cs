namespace Smpi;

/// <summary>Records, classes and structs as messages.</summary>
internal sealed class RecordShape<T> : ProtobufShape<T>
{
    private RecordMember<T>[] _members = [];
    private Func<MemberCell[], T> _make = null!;
    private MemberCell[]? _spare;

    /// <summary>Completes the shape; apart from the constructor because records may contain themselves.</summary>
    /// <param name="members">The members in order of declaration.</param>
    /// <param name="make">Makes a record of its members' values.</param>
    public void Complete(RecordMember<T>[] members, Func<MemberCell[], T> make) => (_members, _make) = (members, make);

    public override string? MemberOf(int number) => Array.Find(_members, m => m.Number == number)?.Name;

    public override void Write(ref ProtobufWriter writer, T value)
    {
        foreach (RecordMember<T> member in _members) member.Write(ref writer, ref value);
    }

    public override T Read(ref ProtobufReader reader)
    {
        MemberCell[] cells = Interlocked.Exchange(ref _spare, null) ?? Array.ConvertAll(_members, static m => m.NewCell());
        int hint = 0;
        while (reader.TryReadTag(out uint tag))
        {
            int at = Find((int)(tag >> 3), ref hint);
            if (at < 0) reader.Skip();
            else cells[at].Read(ref reader);
        }

        foreach (MemberCell cell in cells) cell.Finish(ref reader);
        T record = _make(cells);
        for (int i = 0; i < cells.Length; i++)
        {
            if (!cells[i].IsSet) _members[i].CheckUnset(ref record);
        }

        foreach (MemberCell cell in cells) cell.Clear();
        _spare = cells;
        return record;
    }

    /// <summary>Members mostly come in order, so the search begins where the last one ended.</summary>
    private int Find(int number, ref int hint)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            int at = hint + i < _members.Length ? hint + i : hint + i - _members.Length;
            if (_members[at].Number != number) continue;
            hint = at;
            return at;
        }

        return -1;
    }
}
