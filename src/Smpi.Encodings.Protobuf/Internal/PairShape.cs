namespace Smpi;

/// <summary>A pair of a map: the message { key = 1, value = 2 }.</summary>
internal sealed class PairShape<TKey, T>(ProtobufShape<TKey> key, ProtobufShape<T> item) : ProtobufShape<KeyValuePair<TKey, T>>
    where TKey : notnull
{
    public override string? MemberOf(int number) => number switch { 1 => "key", 2 => "value", _ => null };

    public override void Write(ref ProtobufWriter writer, KeyValuePair<TKey, T> value)
    {
        key.WriteItem(ref writer, 1, value.Key);
        item.WriteItem(ref writer, 2, value.Value);
    }

    public override KeyValuePair<TKey, T> Read(ref ProtobufReader reader)
    {
        ProtobufField<TKey> name = default;
        ProtobufField<T> value = default;
        while (reader.TryReadTag(out uint tag))
        {
            switch (tag >> 3)
            {
                case 1: key.ReadPart(ref reader, ref name); break;
                case 2: item.ReadPart(ref reader, ref value); break;
                default: reader.Skip(); break;
            }
        }

        TKey found = key.FinishPart(ref reader, ref name);
        return new(Nulls.Is(found) ? throw new EncodingException("The key of a pair is missing.")
            : found, item.FinishPart(ref reader, ref value));
    }
}
