using System.Globalization;

namespace Smpi;

/// <summary>Dictionaries as maps. A key that is there twice is refused.</summary>
internal sealed class DictionaryShape<TDictionary, TKey, T>(MessagePackShape<TKey> key, MessagePackShape<T> item) : MessagePackShape<TDictionary?>
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, T>>
    where TKey : notnull
{
    private static readonly IEqualityComparer<TKey>? Comparer = SeededComparers.Of<TKey>();

    public override void Write(ref MessagePackWriter writer, TDictionary? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case Dictionary<TKey, T> dictionary:
                writer.WriteMapHeader(dictionary.Count);
                foreach (KeyValuePair<TKey, T> pair in dictionary) WritePair(ref writer, in pair);
                writer.End();
                break;
            default:
                List<KeyValuePair<TKey, T>> pairs = [.. value];
                writer.WriteMapHeader(pairs.Count);
                foreach (KeyValuePair<TKey, T> pair in pairs) WritePair(ref writer, in pair);
                writer.End();
                break;
        }
    }

    public override TDictionary? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        int count = reader.ReadMapHeader();
        reader.Count(1 + ObjectCount.OfItems<T>(count));
        // Grows as pairs arrive: a slot is larger than the two octets that a count promises.
        var dictionary = new Dictionary<TKey, T>(Math.Min(count, 4), Comparer);
        string? at = null;
        try
        {
            for (int i = 0; i < count; i++)
            {
                at = $"[key {i}]";
                TKey name = key.Read(ref reader);
                if (name is null) throw new EncodingException("A key is nil.");
                at = null;
                T value = ReadItem(ref reader, name);
                if (!dictionary.TryAdd(name, value)) throw MessagePackFailure.Duplicate(Text(name));
            }
        }
        catch (Exception error) when (at is not null && MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, at);
            throw;
        }

        reader.End();
        return (TDictionary)(object)dictionary;
    }

    private static string Text(TKey name) => Convert.ToString(name, CultureInfo.InvariantCulture) ?? "";

    private T ReadItem(ref MessagePackReader reader, TKey name)
    {
        try
        {
            return item.Read(ref reader);
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(Text(name)));
            throw;
        }
    }

    private void WritePair(ref MessagePackWriter writer, in KeyValuePair<TKey, T> pair)
    {
        try
        {
            key.Write(ref writer, pair.Key);
            item.Write(ref writer, pair.Value);
        }
        catch (Exception error) when (MessagePackFailure.IsOfValue(error))
        {
            MessagePackFailure.Within(error, MessagePackFailure.Step(Text(pair.Key)));
            throw;
        }
    }
}
