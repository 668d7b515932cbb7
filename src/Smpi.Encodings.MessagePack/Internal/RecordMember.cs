using System.Buffers;
using System.Text;

namespace Smpi;

/// <summary>A member of a record.</summary>
internal abstract class RecordMember<T>
{
    protected RecordMember(string name, int slot, bool isRequired)
    {
        Name = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Key = Encode(Utf8);
        Slot = slot;
        IsRequired = isRequired;
    }

    public string Name { get; }

    public byte[] Utf8 { get; }

    /// <summary>The name as an encoded string, as writers put it before the value.</summary>
    public byte[] Key { get; }

    /// <summary>Where its value is kept while the record is read; -1 when it is only written.</summary>
    public int Slot { get; }

    public bool IsRequired { get; }

    public abstract void Write(ref MessagePackWriter writer, ref T record);

    public abstract object? Read(ref MessagePackReader reader);

    private static byte[] Encode(byte[] name)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteUtf8(name);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
