using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>The straight way between a record and JSON: an object with all its members in their order. Generators derive from it.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
public abstract class JsonRecordShape<T> : JsonShape<T>
{
    /// <summary>The members in the order in which they are written.</summary>
    protected abstract IReadOnlyList<JsonShapeMember> Members { get; }

    /// <inheritdoc/>
    public sealed override bool TryWrite(ref JsonShapeWriter writer, T value)
    {
        // Asking a struct for null would box it in code that is not optimized.
        if (!typeof(T).IsValueType && value is null) return writer.TryWriteNull();
        return TryWriteMembers(ref writer, value);
    }

    /// <inheritdoc/>
    public sealed override bool TryRead(ref JsonShapeReader reader, [MaybeNullWhen(false)] out T value)
    {
        if (!typeof(T).IsValueType && reader.TryReadNull())
        {
            value = default!;
            return true;
        }

        return TryReadMembers(ref reader, out value);
    }

    /// <summary>Appends the object.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="value">The record; not null.</param>
    /// <returns>As <see cref="TryWrite"/>.</returns>
    protected abstract bool TryWriteMembers(ref JsonShapeWriter writer, T value);

    /// <summary>Reads the object.</summary>
    /// <param name="reader">Stands before the object.</param>
    /// <param name="value">The record.</param>
    /// <returns>As <see cref="TryRead"/>.</returns>
    protected abstract bool TryReadMembers(ref JsonShapeReader reader, [MaybeNullWhen(false)] out T value);

    internal sealed override bool Agrees(JsonTypeInfo info, HashSet<Type> seen) =>
        !seen.Add(typeof(T)) || (info.Kind == JsonTypeInfoKind.Object && Agreement.IsPlain(info) && Agreement.OfMembers(Members, info, seen));
}
