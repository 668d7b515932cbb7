using System.Text;

namespace Smpi;

/// <summary>Unions: the map of the case with its discriminator, or [discriminator, value].</summary>
/// <remarks>Only types that the base type lists are made; the discriminator may stand anywhere in the map.</remarks>
internal sealed class UnionShape<T>(string tagName) : MessagePackShape<T?>
    where T : class
{
    private readonly byte[] _tagName = Encoding.UTF8.GetBytes(tagName);
    private IReadOnlyList<UnionCase> _cases = [];
    private MessagePackShape<T>? _base;

    /// <summary>Completes the shape; apart from the constructor because cases may contain the union.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="ofBase">Values of the base type itself, which carry no discriminator; null when it is abstract or a case.</param>
    public void Complete(IReadOnlyList<UnionCase> cases, MessagePackShape<T>? ofBase) => (_cases, _base) = (cases, ofBase);

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        Type type = value.GetType();
        foreach (UnionCase known in _cases)
        {
            if (known.Type != type) continue;
            if (!writer.AsArrays)
            {
                ((ITaggedShape)known.Shape).WriteTagged(ref writer, value, known.Pair);
                return;
            }

            writer.WriteArrayHeader(2);
            writer.WriteRaw(known.Value);
            known.Shape.WriteObject(ref writer, value);
            writer.End();
            return;
        }

        if (_base is null || type != typeof(T) || writer.AsArrays)
            throw new EncodingException($"{type.Name} is no case of {typeof(T).Name}: add [JsonDerivedType(typeof({type.Name}), \"name\")] to {typeof(T).Name}.");
        _base.Write(ref writer, value);
    }

    public override T? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        if (reader.NextType == MessagePackType.Array)
        {
            if (reader.ReadArrayHeader() != 2) throw new EncodingException($"A {typeof(T).Name} in an array is [discriminator, value].");
            var value = (T?)Case(Tag(ref reader)).Shape.ReadObject(ref reader);
            reader.End();
            return value;
        }

        MessagePackReader probe = reader;
        int count = probe.ReadMapHeader();
        for (int i = 0; i < count; i++)
        {
            bool isTag = probe.NextType == MessagePackType.String ? probe.ReadUtf8().SequenceEqual(_tagName) : probe.SkipToSpan().IsEmpty;
            if (isTag) return (T?)Case(Tag(ref probe)).Shape.ReadObject(ref reader);
            probe.Skip();
        }

        return _base is not null ? _base.Read(ref reader) : throw new EncodingException($"The discriminator '{tagName}' is missing. Known: {Known()}.");
    }

    private static object Tag(ref MessagePackReader reader) =>
        reader.NextType == MessagePackType.Integer ? reader.ReadInt32() : Encoding.UTF8.GetString(reader.ReadUtf8());

    private UnionCase Case(object tag)
    {
        foreach (UnionCase known in _cases)
        {
            if (known.Tag.Equals(tag)) return known;
        }

        throw new EncodingException($"The discriminator names no case of {typeof(T).Name}. Known: {Known()}.");
    }

    private string Known() => string.Join(", ", _cases.Select(static c => $"'{c.Tag}'"));
}
