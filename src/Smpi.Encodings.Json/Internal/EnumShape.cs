using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>An enum of <see cref="int"/> as its number.</summary>
internal sealed class EnumShape<T> : JsonShape<T>
    where T : struct, Enum
{
    public override bool TryWrite(ref JsonShapeWriter writer, T value) => writer.TryWrite((long)Unsafe.BitCast<T, int>(value));

    public override bool TryRead(ref JsonShapeReader reader, out T value)
    {
        bool isRead = reader.TryRead(out int number);
        value = Unsafe.BitCast<int, T>(number);
        return isRead;
    }

    // The framework's converter does not say whether it writes names, so it is asked to write and to read a value that has one.
    internal override bool Agrees(JsonTypeInfo info, HashSet<Type> seen)
    {
        if (info.Kind != JsonTypeInfoKind.None || info is not JsonTypeInfo<T> typed || !Agreement.IsPlain(info) || Unsafe.SizeOf<T>() != sizeof(int)) return false;
        T named = Enum.GetValues<T>().FirstOrDefault();
        string number = Unsafe.BitCast<T, int>(named).ToString(CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(named, typed) == number && JsonSerializer.Deserialize(number, typed).Equals(named);
    }
}
