namespace Smpi;

/// <summary>A value type or null, which is a field that is absent.</summary>
internal sealed class NullableShape<T>(ProtobufShape<T> inner) : WrappedShape<T?>
    where T : struct
{
    internal override bool IsWrappedAsItem => true;

    public override void WriteField(ref ProtobufWriter writer, int number, T? value)
    {
        if (value is { } present) inner.WriteField(ref writer, number, present);
    }

    public override void ReadField(ref ProtobufReader reader, ref ProtobufField<T?> field)
    {
        ProtobufField<T> known = default;
        known.Parts = field.Parts;
        inner.ReadField(ref reader, ref known);
        field.Parts = known.Parts;
        field.Set(inner.Finish(ref known));
    }
}
