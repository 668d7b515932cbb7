using System.Text.Json.Serialization.Metadata;

namespace Smpi;

internal delegate bool ScalarWrite<T>(ref JsonShapeWriter writer, T value);

internal delegate bool ScalarRead<T>(ref JsonShapeReader reader, out T value);

/// <summary>A value that is one token of JSON.</summary>
internal sealed class ScalarShape<T>(ScalarWrite<T> write, ScalarRead<T> read) : JsonShape<T>
{
    public override bool TryWrite(ref JsonShapeWriter writer, T value) => write(ref writer, value);

    public override bool TryRead(ref JsonShapeReader reader, out T value) => read(ref reader, out value);

    internal override bool Agrees(JsonTypeInfo info, HashSet<Type> seen) => info.Kind == JsonTypeInfoKind.None && Agreement.IsPlain(info);
}
