using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Arrays, lists, sets and their interfaces as arrays.</summary>
internal abstract class CollectionShape<TCollection, T>(MessagePackShape<T> item) : MessagePackShape<TCollection?>
    where TCollection : class, IEnumerable<T>
{
    public sealed override void Write(ref MessagePackWriter writer, TCollection? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case T[] array:
                WriteSpan(ref writer, array);
                break;
            case List<T> list:
                WriteSpan(ref writer, CollectionsMarshal.AsSpan(list));
                break;
            case IReadOnlyList<T> list:
                WriteIndexed(ref writer, list);
                break;
            case IReadOnlyCollection<T> counted:
                WriteCounted(ref writer, counted);
                break;
            default:
                // The count stands first, so what cannot be counted is collected.
                WriteSpan(ref writer, CollectionsMarshal.AsSpan(new List<T>(value)));
                break;
        }
    }

    public sealed override TCollection? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        int count = reader.ReadArrayHeader(), index = 0;
        reader.Count(1 + ObjectCount.OfItems<T>(count));
        TCollection collection = Begin(Capacity(count));
        try
        {
            for (; index < count; index++) Add(ref collection, index, item.Read(ref reader));
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(index));
            throw;
        }

        reader.End();
        return Finish(collection, count);
    }

    protected abstract TCollection Begin(int capacity);

    protected abstract void Add(ref TCollection collection, int index, T value);

    protected virtual TCollection Finish(TCollection collection, int count) => collection;

    // At most eight octets ahead for each octet of the body: a count is only a promise of one octet per item.
    private static int Capacity(int count) => Math.Min(count, (count * 8L / Math.Max(8, Unsafe.SizeOf<T>())) is var fit && fit < 4 ? 4 : (int)fit);

    private void WriteSpan(ref MessagePackWriter writer, ReadOnlySpan<T> items)
    {
        writer.WriteArrayHeader(items.Length);
        int index = 0;
        try
        {
            for (; index < items.Length; index++) item.Write(ref writer, items[index]);
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(index));
            throw;
        }

        writer.End();
    }

    // An enumerator of an interface is an object; an index is not.
    private void WriteIndexed(ref MessagePackWriter writer, IReadOnlyList<T> items)
    {
        int count = items.Count, index = 0;
        writer.WriteArrayHeader(count);
        try
        {
            for (; index < count; index++) item.Write(ref writer, items[index]);
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(index));
            throw;
        }

        if (items.Count != count) throw new EncodingException($"A collection of {count} items has {items.Count} now: it changed while it was written.");
        writer.End();
    }

    private void WriteCounted(ref MessagePackWriter writer, IReadOnlyCollection<T> items)
    {
        int count = items.Count, index = 0;
        writer.WriteArrayHeader(count);
        try
        {
            foreach (T value in items)
            {
                item.Write(ref writer, value);
                index++;
            }
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(index));
            throw;
        }

        if (index != count) throw new EncodingException($"A collection of {count} items gave {index}: it changed while it was written.");
        writer.End();
    }
}
