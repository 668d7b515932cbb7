namespace Smpi;

/// <summary>The types of the framework in a <c>.proto</c>.</summary>
internal static class SchemaTypes
{
    private static readonly Dictionary<Type, string> Comments = new()
    {
        [typeof(Guid)] = "a GUID: 16 octets in the order of its text",
        [typeof(decimal)] = "a decimal number, such as 12.50",
        [typeof(char)] = "a UTF-16 code unit",
        [typeof(DateOnly)] = "a date, such as 2026-11-21",
        [typeof(TimeOnly)] = "a time of day, such as 12:30:00.0000000",
        [typeof(Uri)] = "a URI",
    };

    /// <summary>The imported file and the name of a time; null for other types.</summary>
    public static (string File, string Name)? Imported(Type type) =>
        type == typeof(DateTime) ? ("google/protobuf/timestamp.proto", ".google.protobuf.Timestamp")
        : type == typeof(TimeSpan) ? ("google/protobuf/duration.proto", ".google.protobuf.Duration")
        : null;

    public static SchemaType? Scalar(Type type) =>
        ScalarShapes.Find(type) is IScalarShape scalar ? new SchemaType(scalar.Proto, Comments.GetValueOrDefault(type, "")) : null;

    /// <summary>Whether an enum has 32 bits with a sign; others are numbers.</summary>
    public static bool IsEnum(Type type) =>
        type.IsEnum && Type.GetTypeCode(Enum.GetUnderlyingType(type)) is not (TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64);

    public static string NumberOf(Type type) => Type.GetTypeCode(Enum.GetUnderlyingType(type)) switch
    {
        TypeCode.UInt32 => "uint32",
        TypeCode.Int64 => "int64",
        TypeCode.UInt64 => "uint64",
        _ => "int32",
    };

    /// <summary>The type of a map's keys; null where maps may not have such keys.</summary>
    public static string? Key(Type type)
    {
        string? name = type.IsEnum ? NumberOf(type) : Scalar(type)?.Text;
        return name is "int32" or "int64" or "uint32" or "uint64" or "bool" or "string" ? name : null;
    }
}
