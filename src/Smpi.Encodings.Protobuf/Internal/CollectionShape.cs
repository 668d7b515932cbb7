using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Arrays, lists, sets and their interfaces as repeated fields.</summary>
internal abstract class CollectionShape<TCollection, T>(ProtobufShape<T> item) : WrappedShape<TCollection>, IRepeatedShape
    where TCollection : class, IEnumerable<T>
{
    internal sealed override bool IsWrappedAsItem => true;

    public sealed override void WriteField(ref ProtobufWriter writer, int number, TCollection value)
    {
        switch (value)
        {
            case null:
                break;
            case T[] array:
                Write(ref writer, number, array);
                break;
            case List<T> list:
                Write(ref writer, number, CollectionsMarshal.AsSpan(list));
                break;
            case ICollection<T> { Count: var count } counted:
                T[] copy = ArrayPool<T>.Shared.Rent(count);
                counted.CopyTo(copy, 0);
                Write(ref writer, number, copy.AsSpan(0, count));
                ArrayPool<T>.Shared.Return(copy, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
                break;
            default:
                Write(ref writer, number, CollectionsMarshal.AsSpan(new List<T>(value)));
                break;
        }
    }

    public sealed override void ReadField(ref ProtobufReader reader, ref ProtobufField<TCollection> field)
    {
        if (field.Builder is null) reader.Count();
        var items = (List<T>)(field.Builder ??= new List<T>());
        field.HasValue = true;
        uint tag = (uint)reader.Number << 3 | (uint)reader.WireType;
        do
        {
            item.ReadItems(ref reader, items);
        }
        while (reader.TryRepeat(tag));
    }

    public sealed override TCollection Finish(ref ProtobufField<TCollection> field) => Finish((List<T>?)field.Builder);

    protected abstract TCollection Finish(List<T>? items);

    // An empty list is no field, packed or not.
    private void Write(ref ProtobufWriter writer, int number, ReadOnlySpan<T> items)
    {
        if (!items.IsEmpty) item.WriteItems(ref writer, number, items);
    }
}
