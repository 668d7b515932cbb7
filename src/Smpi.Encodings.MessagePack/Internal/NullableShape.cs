namespace Smpi;

/// <summary>A value type or nil.</summary>
internal sealed class NullableShape<T>(MessagePackShape<T> inner) : MessagePackShape<T?>
    where T : struct
{
    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present) inner.Write(ref writer, present);
        else writer.WriteNil();
    }

    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : inner.Read(ref reader);
}
