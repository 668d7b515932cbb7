using System.Globalization;

namespace Smpi;

/// <summary>Numbers as keys; read from text too, because JavaScript turns the keys of objects into strings.</summary>
internal sealed class NumberKeyShape<T>(MessagePackShape<T> number) : MessagePackShape<T>
    where T : IUtf8SpanParsable<T>
{
    public override void Write(ref MessagePackWriter writer, T value) => number.Write(ref writer, value);

    public override T Read(ref MessagePackReader reader)
    {
        if (reader.NextType != MessagePackType.String) return number.Read(ref reader);
        return T.TryParse(reader.ReadUtf8(), CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new EncodingException($"A key is no {typeof(T).Name}.");
    }
}
