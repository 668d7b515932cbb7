using System.Globalization;

namespace Smpi;

/// <summary>Dictionaries as maps, or as repeated pairs where the key is none that maps may have. Of a key that comes twice the last value counts.</summary>
internal sealed class DictionaryShape<TDictionary, TKey, T>(ProtobufShape<TKey> key, ProtobufShape<T> item) : WrappedShape<TDictionary>, IRepeatedShape
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, T>>
    where TKey : notnull
{
    private static readonly IEqualityComparer<TKey>? Comparer = SeededComparers.Of<TKey>();

    private readonly PairShape<TKey, T> _pair = new(key, item);

    internal override bool IsWrappedAsItem => true;

    public override void WriteField(ref ProtobufWriter writer, int number, TDictionary value)
    {
        switch (value)
        {
            case null:
                break;
            case Dictionary<TKey, T> dictionary:
                foreach (KeyValuePair<TKey, T> pair in dictionary) WritePair(ref writer, number, pair);
                break;
            default:
                foreach (KeyValuePair<TKey, T> pair in value) WritePair(ref writer, number, pair);
                break;
        }
    }

    public override void ReadField(ref ProtobufReader reader, ref ProtobufField<TDictionary> field)
    {
        reader.Expect(ProtobufWireType.Length);
        if (field.Builder is null) reader.Count();
        var pairs = (Dictionary<TKey, T>)(field.Builder ??= new Dictionary<TKey, T>(Comparer));
        field.HasValue = true;
        (TKey name, T value) = reader.ReadMessage(_pair);
        pairs[name] = value;
    }

    public override TDictionary Finish(ref ProtobufField<TDictionary> field) => (TDictionary)(field.Builder ?? new Dictionary<TKey, T>(Comparer));

    private void WritePair(ref ProtobufWriter writer, int number, KeyValuePair<TKey, T> pair)
    {
        try
        {
            writer.WriteMessage(number, pair, _pair);
        }
        catch (Exception error) when (ProtobufFailure.IsOfValue(error))
        {
            ProtobufFailure.Step(error, $"['{Convert.ToString(pair.Key, CultureInfo.InvariantCulture)}']");
            throw;
        }
    }
}
