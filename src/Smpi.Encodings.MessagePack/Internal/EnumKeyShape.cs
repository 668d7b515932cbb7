using System.Globalization;

namespace Smpi;

/// <summary>Enums as keys: integers, read from their digits too.</summary>
internal sealed class EnumKeyShape<T>(MessagePackShape<T> number) : MessagePackShape<T>
    where T : struct, Enum
{
    public override void Write(ref MessagePackWriter writer, T value) => number.Write(ref writer, value);

    public override T Read(ref MessagePackReader reader)
    {
        if (reader.NextType != MessagePackType.String) return number.Read(ref reader);
        string text = reader.ReadString()!;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && Enum.TryParse(text, out T value)
            ? value
            : throw new EncodingException($"A key is no integer that fits {typeof(T).Name}.");
    }
}
