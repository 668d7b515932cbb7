namespace Smpi;

/// <summary>A case of a union.</summary>
internal sealed class UnionCase<T, TCase>(int number, ProtobufShape<TCase> shape) : ProtobufCase<T>(number)
    where T : class
    where TCase : class, T
{
    internal override string Name => typeof(TCase).Name;

    internal override bool TryWrite(ref ProtobufWriter writer, T value)
    {
        if (value.GetType() != typeof(TCase)) return false;
        writer.WriteMessage(Number, (TCase)value, shape);
        return true;
    }

    internal override T Read(ref ProtobufReader reader, ref MessageParts parts) => reader.ReadMessage(shape, ref parts);
}
