namespace Smpi;

/// <summary>How a record becomes MessagePack: a map by name, or an array by position. Generators derive from it.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
public abstract class MessagePackRecordShape<T> : MessagePackShape<T>, ITaggedShape
{
    /// <summary>How many pairs <see cref="WriteMap"/> writes.</summary>
    protected abstract int MapCount { get; }

    /// <summary>How many values <see cref="WriteArray"/> writes.</summary>
    protected abstract int ArrayCount { get; }

    /// <inheritdoc/>
    public sealed override void Write(ref MessagePackWriter writer, T value)
    {
        // Asking a struct for null would box it in code that is not optimized.
        if (!typeof(T).IsValueType && value is null)
        {
            writer.WriteNil();
            return;
        }

        if (writer.AsArrays)
        {
            writer.WriteArrayHeader(ArrayCount);
            WriteArray(ref writer, value);
        }
        else
        {
            writer.WriteMapHeader(MapCount);
            WriteMap(ref writer, value);
        }

        writer.End();
    }

    void ITaggedShape.WriteTagged(ref MessagePackWriter writer, object record, byte[] tag)
    {
        writer.WriteMapHeader(MapCount + 1);
        writer.WriteRaw(tag);
        WriteMap(ref writer, (T)record);
        writer.End();
    }

    /// <summary>Appends the name and the value of every member.</summary>
    /// <param name="writer">Where to append; the map has begun and is ended by the caller.</param>
    /// <param name="value">The record; not null.</param>
    protected abstract void WriteMap(ref MessagePackWriter writer, T value);

    /// <summary>Appends the value of every member that can be read back, by position.</summary>
    /// <param name="writer">Where to append; the array has begun and is ended by the caller.</param>
    /// <param name="value">The record; not null.</param>
    protected abstract void WriteArray(ref MessagePackWriter writer, T value);

    /// <summary>Says in a failure which member it happened in.</summary>
    /// <param name="error">The failure, on its way up.</param>
    /// <param name="name">The member's name on the wire.</param>
    /// <returns>False always, so that the filter of a <c>catch</c> can say it.</returns>
    protected static bool Within(Exception error, string name)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (MessagePackFailure.IsOfValue(error)) MessagePackFailure.Within(error, MessagePackFailure.Step(name));
        return false;
    }

    /// <summary>The failure of a member that is there twice.</summary>
    /// <param name="name">The member's name on the wire.</param>
    protected static EncodingException Duplicate(string name) => MessagePackFailure.Duplicate(name);

    /// <summary>The failure of a member without null that is nil, or is not there and has no default.</summary>
    /// <param name="name">The member's name on the wire.</param>
    /// <param name="isThere">Whether it is nil.</param>
    protected static EncodingException NotNull(string name, bool isThere) =>
        isThere ? MessagePackFailure.Null(name) : MessagePackFailure.Absent(name);

    /// <summary>The failure of a required member that is not there.</summary>
    /// <param name="name">The member's name on the wire.</param>
    protected static EncodingException Missing(string name) => MessagePackFailure.Missing(name);
}
