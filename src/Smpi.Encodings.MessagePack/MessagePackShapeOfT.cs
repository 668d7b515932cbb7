namespace Smpi;

/// <summary>How the values of one type become MessagePack, written by hand or by a generator; safe under trimming and NativeAOT.</summary>
/// <remarks>
/// Both methods take exactly one value. A shape is used by several threads at once and keeps no state.
/// What it throws reaches the caller as an <see cref="EncodingException"/>.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class MessagePackShape<T> : MessagePackShape
{
    /// <inheritdoc/>
    public sealed override Type Type => typeof(T);

    /// <summary>Appends one value.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="value">The value; null where the type allows it.</param>
    public abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads one value.</summary>
    /// <param name="reader">Stands before the value.</param>
    public abstract T Read(ref MessagePackReader reader);

    internal sealed override void WriteObject(ref MessagePackWriter writer, object? value)
    {
        if (value is T typed)
        {
            Write(ref writer, typed);
            return;
        }

        if (value is not null || default(T) is not null)
            throw new EncodingException($"A {typeof(T).Name} is expected, not {(value is null ? "null" : $"a {value.GetType().Name}")}.");
        Write(ref writer, default!);
    }

    internal sealed override object? ReadObject(ref MessagePackReader reader) => Read(ref reader);
}
