using System.Globalization;

namespace Smpi;

/// <summary>Keys of dictionaries whose form is not that of a value.</summary>
internal static class KeyShapes
{
    public static IReadOnlyList<MessagePackShape> Texts { get; } =
    [
        new TextKeyShape<bool>(static v => v ? "true" : "false", bool.TryParse),
        new TextKeyShape<Guid>(static v => v.ToString("D"), static (text, out value) => Guid.TryParseExact(text, "D", out value)),
        new TextKeyShape<TimeSpan>(
            static v => v.ToString("c", CultureInfo.InvariantCulture),
            static (text, out value) => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value)),
        new TextKeyShape<DateTime>(
            static v => v.ToString("O", CultureInfo.InvariantCulture),
            static (text, out value) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value)),
        new TextKeyShape<DateTimeOffset>(
            static v => v.ToString("O", CultureInfo.InvariantCulture),
            static (text, out value) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value)),
    ];

    /// <summary>Types whose values are text and keys alike.</summary>
    public static IReadOnlyList<Type> SameAsValue { get; } =
        [typeof(string), typeof(char), typeof(decimal), typeof(DateOnly), typeof(TimeOnly), typeof(Uri)];

    public static IReadOnlyList<Type> Numbers { get; } =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double),
    ];
}
