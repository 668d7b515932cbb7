using System.Buffers;
using System.Text;

namespace Smpi;

/// <summary>A member of a record.</summary>
internal abstract class RecordMember<T>
{
    protected RecordMember(string name, int slot, MemberNeed need)
    {
        Name = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Key = Encode(Utf8);
        Slot = slot;
        Need = need;
    }

    public string Name { get; }

    public byte[] Utf8 { get; }

    /// <summary>The name as an encoded string, as writers put it before the value.</summary>
    public byte[] Key { get; }

    /// <summary>Where its value is kept while the record is read; -1 when it is only written.</summary>
    public int Slot { get; }

    public MemberNeed Need { get; }

    /// <summary>Refuses what arrived for the member, or that nothing did, before the record is made.</summary>
    /// <param name="value">What arrived; <see cref="RecordMaker{T}.Missing"/> for nothing.</param>
    public void Check(object? value)
    {
        if (value is null)
        {
            if (Need.IsNotNull) throw MessagePackFailure.Null(Name);
        }
        else if (ReferenceEquals(value, RecordMaker<T>.Missing))
        {
            if (Need.IsRequired) throw MessagePackFailure.Missing(Name);
            if (Need is { IsNotNull: true, IsSet: false, HasDefault: false }) throw MessagePackFailure.Absent(Name);
        }
    }

    /// <summary>Refuses a member that did not arrive and that nothing in the record gave a value.</summary>
    public void CheckUnset(ref T record, object? value)
    {
        if (Need is { IsNotNull: true, IsSet: true } && ReferenceEquals(value, RecordMaker<T>.Missing)
            && IsNull(ref record)) throw MessagePackFailure.Absent(Name);
    }

    public abstract void Write(ref MessagePackWriter writer, ref T record);

    public abstract object? Read(ref MessagePackReader reader);

    protected abstract bool IsNull(ref T record);

    private static byte[] Encode(byte[] name)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteUtf8(name);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
