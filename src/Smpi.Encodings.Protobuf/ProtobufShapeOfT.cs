namespace Smpi;

/// <summary>How the values of one type become Protobuf, written by hand or by a generator; safe under trimming and NativeAOT.</summary>
/// <remarks>
/// A record overrides <see cref="Write"/> and <see cref="Read"/>, which take the fields of its message without a length around them. A shape is
/// used by several threads at once and keeps no state. What it throws reaches the caller as an <see cref="EncodingException"/>.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class ProtobufShape<T> : ProtobufShape
{
    /// <inheritdoc/>
    public sealed override Type Type => typeof(T);

    /// <summary>Appends the fields of a value.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="value">The value; not null unless the shape is one of a nullable type or a collection.</param>
    public abstract void Write(ref ProtobufWriter writer, T value);

    /// <summary>Reads fields up to the end of the message.</summary>
    /// <param name="reader">Stands before the first field.</param>
    public abstract T Read(ref ProtobufReader reader);

    /// <summary>Writes a member of explicit presence, <c>optional</c>: nothing for null or an empty collection, otherwise a field.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public virtual void WriteField(ref ProtobufWriter writer, int number, T value)
    {
        if (!Nulls.Is(value)) writer.WriteMessage(number, value, this);
    }

    /// <summary>Writes a member of implicit presence: nothing for the default of the type either.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="number">The field's number.</param>
    /// <param name="value">The value.</param>
    public virtual void WriteImplicit(ref ProtobufWriter writer, int number, T value) => WriteField(ref writer, number, value);

    /// <summary>Reads a part of a member whose tag was read last.</summary>
    /// <param name="reader">Stands after the tag.</param>
    /// <param name="field">What has arrived of the member.</param>
    public virtual void ReadField(ref ProtobufReader reader, ref ProtobufField<T> field)
    {
        reader.Expect(ProtobufWireType.Length);
        field.Set(reader.ReadMessage(this, ref field.Parts));
    }

    /// <summary>The value of a member after the last part: what arrived, or the default of Protobuf.</summary>
    /// <remarks>The default is that of the type, but empty for strings, octets and collections.</remarks>
    /// <param name="field">What has arrived of the member.</param>
    public virtual T Finish(ref ProtobufField<T> field) => field.HasValue ? field.Value : default!;

    internal sealed override void WriteObject(ref ProtobufWriter writer, object? value)
    {
        if (value is T typed)
        {
            Write(ref writer, typed);
            return;
        }

        if (value is not null || default(T) is not null)
            throw new EncodingException($"A {typeof(T).Name} is expected, not {(value is null ? "null" : $"a {value.GetType().Name}")}.");
        if (!IsWrapper) throw ProtobufFailure.Null($"a {typeof(T).Name}");
        Write(ref writer, default!);
    }

    internal sealed override object? ReadObject(ref ProtobufReader reader) => Read(ref reader);

    /// <summary>Whether an item of this type is a message around it, because it may be null or has items of its own.</summary>
    internal virtual bool IsWrappedAsItem => false;

    /// <summary>Writes a value as an item of a list, or as a part of a pair: a field that is there whatever the value.</summary>
    internal virtual void WriteItem(ref ProtobufWriter writer, int number, T value)
    {
        if (!IsWrappedAsItem && Nulls.Is(value)) throw ProtobufFailure.At(ProtobufFailure.Null($"an item of type {typeof(T).Name}"), number);
        writer.WriteMessage(number, value, this);
    }

    /// <summary>Writes the items of a list.</summary>
    internal virtual void WriteItems(ref ProtobufWriter writer, int number, ReadOnlySpan<T> items)
    {
        int index = 0;
        try
        {
            for (; index < items.Length; index++) WriteItem(ref writer, number, items[index]);
        }
        catch (Exception error) when (ProtobufFailure.IsOfValue(error))
        {
            ProtobufFailure.Step(error, $"[{index}]");
            throw;
        }
    }

    /// <summary>Reads an item, or several if they are packed.</summary>
    internal virtual void ReadItems(ref ProtobufReader reader, List<T> items)
    {
        reader.Expect(ProtobufWireType.Length);
        try
        {
            items.Add(reader.ReadMessage(this));
        }
        catch (EncodingException error)
        {
            ProtobufFailure.Step(error, $"[{items.Count}]");
            throw;
        }
    }

    /// <summary>Reads a part of a pair.</summary>
    internal void ReadPart(ref ProtobufReader reader, ref ProtobufField<T> field)
    {
        if (!IsWrappedAsItem)
        {
            ReadField(ref reader, ref field);
            return;
        }

        reader.Expect(ProtobufWireType.Length);
        field.Set(reader.ReadMessage(this, ref field.Parts));
    }

    /// <summary>A part of a pair, which is the default of Protobuf, an empty message, if it did not arrive.</summary>
    internal T FinishPart(ref ProtobufReader reader, ref ProtobufField<T> field)
    {
        if (field.HasValue && IsWrappedAsItem) return field.Value;
        if (field.HasValue || this is IScalarShape) return Finish(ref field);
        return reader.ReadJoined(this, []);
    }
}
