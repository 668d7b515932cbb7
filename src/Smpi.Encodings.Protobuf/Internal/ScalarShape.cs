using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>A type whose values are one value of Protobuf.</summary>
internal sealed class ScalarShape<T, TScalar> : WrappedShape<T>, IScalarShape
    where TScalar : struct, IScalar<T>
{
    public string Proto => TScalar.Proto;

    public ProtobufWireType WireType => TScalar.WireType;

    private static bool IsPacked => TScalar.WireType != ProtobufWireType.Length;

    public override void WriteField(ref ProtobufWriter writer, int number, T value)
    {
        if (value is not null) TScalar.Write(ref writer, number, value);
    }

    public override void WriteImplicit(ref ProtobufWriter writer, int number, T value)
    {
        if (value is not null && !TScalar.IsZero(value)) TScalar.Write(ref writer, number, value);
    }

    public override void ReadField(ref ProtobufReader reader, ref ProtobufField<T> field)
    {
        reader.Expect(TScalar.WireType);
        field.Set(TScalar.Read(ref reader));
    }

    public override T Finish(ref ProtobufField<T> field) => field.HasValue ? field.Value : TScalar.Zero;

    // A text of its own that is not there was null, since one that is empty is written.
    protected override T ReadWhole(ref ProtobufField<T> field) => field.HasValue || default(T) is null ? field.Value : TScalar.Zero;

    internal override void WriteItem(ref ProtobufWriter writer, int number, T value)
    {
        if (value is null) throw ProtobufFailure.At(ProtobufFailure.Null($"an item of type {typeof(T).Name}"), number);
        TScalar.Write(ref writer, number, value);
    }

    internal override void WriteItems(ref ProtobufWriter writer, int number, ReadOnlySpan<T> items)
    {
        if (!IsPacked)
        {
            base.WriteItems(ref writer, number, items);
            return;
        }

        if (Fixed.Is<T>())
        {
            writer.WriteBytes(number, Fixed.Bytes(items));
            return;
        }

        int mark = writer.Begin(number);
        foreach (T item in items) TScalar.Append(ref writer, item);
        writer.EndMessage(mark);
    }

    internal override void ReadItems(ref ProtobufReader reader, List<T> items)
    {
        if (!IsPacked || reader.WireType != ProtobufWireType.Length)
        {
            reader.Expect(TScalar.WireType);
            items.Add(TScalar.Read(ref reader));
            return;
        }

        int end = reader.EnterPacked();
        ReadOnlySpan<byte> packed = reader.PeekPacked(reader.Remaining);
        int count = Fixed.Count<TScalar, T>(packed);
        items.EnsureCapacity(items.Count == 0 ? count : Math.Max(items.Count + count, Math.Min(items.Count * 2, items.Count + packed.Length)));
        if (Fixed.Is<T>() && packed.Length == count * Fixed.Size<T>())
        {
            int before = items.Count;
            CollectionsMarshal.SetCount(items, before + count);
            reader.ReadPacked(Fixed.Bytes(CollectionsMarshal.AsSpan(items)[before..]));
        }

        while (reader.Remaining > 0) items.Add(TScalar.Read(ref reader));
        reader.LeavePacked(end);
    }
}
