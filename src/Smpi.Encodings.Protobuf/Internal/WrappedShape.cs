namespace Smpi;

/// <summary>A type that is no message: where one is needed, it is the field 1 of one.</summary>
internal abstract class WrappedShape<T> : ProtobufShape<T>
{
    public const int Number = 1;

    internal sealed override bool IsWrapper => true;

    public sealed override string? MemberOf(int number) => number == Number ? "value" : null;

    public sealed override void Write(ref ProtobufWriter writer, T value) => WriteField(ref writer, Number, value);

    public sealed override T Read(ref ProtobufReader reader)
    {
        ProtobufField<T> field = default;
        while (reader.TryReadTag(out uint tag))
        {
            if (tag >> 3 == Number) ReadField(ref reader, ref field);
            else reader.Skip();
        }

        // The collection within was counted, and so was the message around it.
        if (field.HasValue && this is IRepeatedShape) reader.Count(-1);
        return ReadWhole(ref field);
    }

    /// <summary>The value of a message that has ended.</summary>
    protected virtual T ReadWhole(ref ProtobufField<T> field) => Finish(ref field);
}
