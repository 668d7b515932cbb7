using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Arrays, lists, sets and their interfaces as repeated fields.</summary>
internal abstract class CollectionShape<TCollection, T>(ProtobufShape<T> item) : WrappedShape<TCollection>, IRepeatedShape
    where TCollection : class, IEnumerable<T>
{
    internal sealed override bool IsWrappedAsItem => true;

    public sealed override void WriteField(ref ProtobufWriter writer, int number, TCollection value)
    {
        ReadOnlySpan<T> items = value switch
        {
            null => default,
            T[] array => array,
            List<T> list => CollectionsMarshal.AsSpan(list),
            _ => CollectionsMarshal.AsSpan(new List<T>(value)),
        };
        if (!items.IsEmpty) item.WriteItems(ref writer, number, items);
    }

    public sealed override void ReadField(ref ProtobufReader reader, ref ProtobufField<TCollection> field)
    {
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
}
