using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>A value or null.</summary>
internal sealed class NullableShape<T>(JsonShape<T> inner) : JsonShape<T?>
    where T : struct
{
    public override bool TryWrite(ref JsonShapeWriter writer, T? value) => value is { } present ? inner.TryWrite(ref writer, present) : writer.TryWriteNull();

    public override bool TryRead(ref JsonShapeReader reader, out T? value)
    {
        value = null;
        if (reader.TryReadNull()) return true;
        if (!inner.TryRead(ref reader, out T present)) return false;
        value = present;
        return true;
    }

    internal override bool Agrees(JsonTypeInfo info, HashSet<Type> seen) => Agreement.IsPlain(info) && Agreement.Of(inner, info.Options, seen);
}
