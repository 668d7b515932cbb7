namespace Smpi;

/// <summary>Unions: a message with a oneof of the cases.</summary>
/// <remarks>Only types that the base type lists are made. Of several cases the last one counts.</remarks>
internal sealed class UnionShape<T> : ProtobufShape<T>
    where T : class
{
    private IReadOnlyList<ProtobufCase<T>> _cases = [];

    /// <summary>Completes the shape; apart from the constructor because cases may contain the union.</summary>
    /// <param name="cases">The cases.</param>
    public void Complete(IReadOnlyList<ProtobufCase<T>> cases) => _cases = cases;

    public override string? MemberOf(int number) => Find(number)?.Name;

    public override void Write(ref ProtobufWriter writer, T value)
    {
        foreach (ProtobufCase<T> known in _cases)
        {
            if (known.TryWrite(ref writer, value)) return;
        }

        string type = value.GetType().Name;
        throw new EncodingException($"{type} is no case of {typeof(T).Name}: add [JsonDerivedType(typeof({type}), \"name\")] to {typeof(T).Name}.");
    }

    public override T Read(ref ProtobufReader reader)
    {
        ProtobufCase<T>? last = null;
        MessageParts parts = default;
        T? value = null;
        while (reader.TryReadTag(out uint tag))
        {
            ProtobufCase<T>? known = Find((int)(tag >> 3));
            if (known is null)
            {
                reader.Skip();
                continue;
            }

            reader.Expect(ProtobufWireType.Length);
            if (known != last) parts = default;
            last = known;
            value = known.Read(ref reader, ref parts);
        }

        return value ?? throw new EncodingException($"No known case of {typeof(T).Name} is there. Known: {string.Join(", ", _cases.Select(static c => $"'{c.Name}' = {c.Number}"))}.");
    }

    private ProtobufCase<T>? Find(int number)
    {
        foreach (ProtobufCase<T> known in _cases)
        {
            if (known.Number == number) return known;
        }

        return null;
    }
}
