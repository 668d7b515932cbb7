using System.Buffers;

namespace Smpi;

/// <summary>Records, classes and structs: maps by name, or arrays by position.</summary>
internal sealed class RecordShape<T> : MessagePackRecordShape<T>
{
    private RecordMember<T>[] _all = [];
    private RecordMember<T>[] _readable = [];
    private RecordMaker<T> _maker = null!;

    /// <summary>Completes the shape; apart from the constructor because records may contain themselves.</summary>
    /// <param name="members">The members in order of declaration.</param>
    /// <param name="maker">Makes records.</param>
    public void Complete(RecordMember<T>[] members, RecordMaker<T> maker)
    {
        _all = members;
        _readable = [.. members.Where(static m => m.Slot >= 0)];
        _maker = maker;
    }

    protected override int MapCount => _all.Length;

    protected override int ArrayCount => _readable.Length;

    protected override void WriteMap(ref MessagePackWriter writer, T value) => WriteMembers(ref writer, ref value, _all, true);

    protected override void WriteArray(ref MessagePackWriter writer, T value) => WriteMembers(ref writer, ref value, _readable, false);

    public override T Read(ref MessagePackReader reader)
    {
        if (!typeof(T).IsValueType && reader.TryReadNil()) return default!;
        if (!typeof(T).IsValueType) reader.Count();
        int slots = _maker.Slots;
        object?[] values = ArrayPool<object?>.Shared.Rent(slots);
        Array.Fill(values, RecordMaker<T>.Missing, 0, slots);
        try
        {
            if (reader.NextType == MessagePackType.Array) ReadArray(ref reader, values);
            else ReadMap(ref reader, values);
            reader.End();
            foreach (RecordMember<T> member in _readable) member.Check(values[member.Slot]);

            T record = _maker.Make(values);
            foreach (RecordMember<T> member in _readable) member.CheckUnset(ref record, values[member.Slot]);
            return record;
        }
        finally
        {
            Array.Clear(values, 0, slots);
            ArrayPool<object?>.Shared.Return(values);
        }
    }

    private static void WriteMembers(ref MessagePackWriter writer, ref T record, RecordMember<T>[] members, bool withNames)
    {
        int at = 0;
        try
        {
            for (; at < members.Length; at++)
            {
                if (withNames) writer.WriteRaw(members[at].Key);
                members[at].Write(ref writer, ref record);
            }
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(members[at].Name));
            throw;
        }
    }

    private void ReadArray(ref MessagePackReader reader, object?[] values)
    {
        int count = reader.ReadArrayHeader(), at = 0;
        try
        {
            for (; at < count; at++)
            {
                if (at < _readable.Length) values[_readable[at].Slot] = _readable[at].Read(ref reader);
                else reader.Skip();
            }
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, at < _readable.Length ? MessagePackFailure.Step(_readable[at].Name) : MessagePackFailure.Step(at));
            throw;
        }
    }

    private void ReadMap(ref MessagePackReader reader, object?[] values)
    {
        int count = reader.ReadMapHeader(), hint = 0;
        var unknown = default(MessagePackUnknownKeys);
        RecordMember<T>? member = null;
        try
        {
            for (int i = 0; i < count; i++)
            {
                member = null;
                if (hint < _readable.Length && reader.TryReadKey(_readable[hint].Key)) member = _readable[hint++];
                if (member is null)
                {
                    if (!unknown.TryReadName(ref reader, out ReadOnlySpan<byte> key)) continue;
                    member = Find(key, ref hint);
                    if (member is null)
                    {
                        unknown.Skip(ref reader, key);
                        continue;
                    }
                }

                if (!ReferenceEquals(values[member.Slot], RecordMaker<T>.Missing)) throw MessagePackFailure.Duplicate(member.Name);
                values[member.Slot] = member.Read(ref reader);
            }
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            if (member is not null) MessagePackFailure.Within(error, MessagePackFailure.Step(member.Name));
            throw;
        }

        unknown.Check();
    }

    /// <summary>Members mostly come in order, so the search begins where the last one ended.</summary>
    private RecordMember<T>? Find(ReadOnlySpan<byte> key, ref int hint)
    {
        for (int i = 0; i < _readable.Length; i++)
        {
            int at = hint + i < _readable.Length ? hint + i : hint + i - _readable.Length;
            if (!key.SequenceEqual(_readable[at].Utf8)) continue;
            hint = at + 1;
            return _readable[at];
        }

        return null;
    }
}
