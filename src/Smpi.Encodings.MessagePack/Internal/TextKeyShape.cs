namespace Smpi;

internal delegate bool KeyParser<T>(string text, out T value);

/// <summary>Keys that are text, because keys other than strings and numbers are no keys elsewhere.</summary>
internal sealed class TextKeyShape<T>(Func<T, string> format, KeyParser<T> parse) : MessagePackShape<T>
{
    public override void Write(ref MessagePackWriter writer, T value) => writer.Write(format(value));

    public override T Read(ref MessagePackReader reader) =>
        parse(TextValues.Decode(reader.ReadUnchecked()), out T value) ? value
            : throw new EncodingException($"A key is no {typeof(T).Name}.");
}
