using System.Runtime.InteropServices;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>A collection as an array.</summary>
internal abstract class CollectionShape<TCollection, T>(JsonShape<T> item) : JsonShape<TCollection?>
    where TCollection : class, IEnumerable<T>
{
    public override bool TryWrite(ref JsonShapeWriter writer, TCollection? value)
    {
        if (value is null) return writer.TryWriteNull();
        if (!writer.TryBeginArray()) return false;
        bool isWhole = value switch
        {
            T[] array => TryWriteItems(ref writer, array),
            List<T> list when list.GetType() == typeof(List<T>) => TryWriteItems(ref writer, CollectionsMarshal.AsSpan(list)),
            _ => TryWriteItems(ref writer, value),
        };
        if (isWhole) writer.EndArray();
        return isWhole;
    }

    public override bool TryRead(ref JsonShapeReader reader, out TCollection? value)
    {
        value = null;
        if (reader.TryReadNull()) return true;
        if (!reader.TryBeginArray()) return false;
        var items = new List<T>();
        if (!reader.TryEndArray())
        {
            do
            {
                if (!item.TryRead(ref reader, out T? one)) return false;
                items.Add(one);
            }
            while (reader.TryReadComma());
            if (!reader.TryEndArray()) return false;
        }

        value = Made(items);
        return true;
    }

    internal override bool Agrees(JsonTypeInfo info, HashSet<Type> seen) =>
        info.Kind == JsonTypeInfoKind.Enumerable && info.ElementType == typeof(T) && Agreement.IsPlain(info) && Agreement.Of(item, info.Options, seen);

    protected abstract TCollection Made(List<T> items);

    // Without an enumerator, which is an object.
    private bool TryWriteItems(ref JsonShapeWriter writer, ReadOnlySpan<T> items)
    {
        for (int at = 0; at < items.Length; at++)
        {
            if (at > 0) writer.WriteComma();
            if (!item.TryWrite(ref writer, items[at])) return false;
        }

        return true;
    }

    private bool TryWriteItems(ref JsonShapeWriter writer, TCollection items)
    {
        bool isFirst = true;
        foreach (T one in items)
        {
            if (!isFirst) writer.WriteComma();
            isFirst = false;
            if (!item.TryWrite(ref writer, one)) return false;
        }

        return true;
    }
}
