using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>The straight way between the values of one type and JSON; used by several threads at once, without state.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class JsonShape<T> : JsonShape
{
    private protected JsonShape()
    {
    }

    /// <inheritdoc/>
    public sealed override Type Type => typeof(T);

    /// <summary>Appends one value.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="value">The value; null where the type allows it.</param>
    /// <returns>False when the serializer has to say what is wrong with the value.</returns>
    public abstract bool TryWrite(ref JsonShapeWriter writer, T value);

    /// <summary>Reads one value.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <param name="value">The value; null where the type allows it.</param>
    /// <returns>False when the serializer has to read it; the reader is of no more use then.</returns>
    public abstract bool TryRead(ref JsonShapeReader reader, [MaybeNullWhen(false)] out T value);
}
