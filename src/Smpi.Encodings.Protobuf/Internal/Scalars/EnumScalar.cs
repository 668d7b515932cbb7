using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Enums as integers; any value of the underlying type is taken. Those that may not fit 32 bits with a sign are no enums in a <c>.proto</c>.</summary>
internal readonly struct EnumScalar<T> : IScalar<T>
    where T : struct, Enum
{
    private static readonly TypeCode Underlying = Type.GetTypeCode(Enum.GetUnderlyingType(typeof(T)));

    public static ProtobufWireType WireType => ProtobufWireType.Varint;

    public static string Proto => Underlying switch
    {
        TypeCode.UInt32 => "uint32",
        TypeCode.Int64 => "int64",
        TypeCode.UInt64 => "uint64",
        _ => "int32",
    };

    public static T Zero => default;

    public static bool IsZero(T value) => Bits(value) == 0;

    public static void Write(ref ProtobufWriter writer, int number, T value) => writer.WriteUInt64(number, Bits(value));

    public static T Read(ref ProtobufReader reader) => Underlying switch
    {
        TypeCode.SByte => From((sbyte)Ranges.Signed(reader.ReadInt32(), sbyte.MinValue, sbyte.MaxValue)),
        TypeCode.Byte => From((byte)Ranges.Signed(reader.ReadInt32(), 0, byte.MaxValue)),
        TypeCode.Int16 => From((short)Ranges.Signed(reader.ReadInt32(), short.MinValue, short.MaxValue)),
        TypeCode.UInt16 => From((ushort)Ranges.Signed(reader.ReadInt32(), 0, ushort.MaxValue)),
        TypeCode.UInt32 => From(reader.ReadUInt32()),
        TypeCode.Int64 or TypeCode.UInt64 => From(reader.ReadUInt64()),
        _ => From(reader.ReadInt32()),
    };

    public static void Append(ref ProtobufWriter writer, T value) => writer.AppendVarint(Bits(value));

    private static ulong Bits(T value) => Underlying switch
    {
        TypeCode.SByte => (ulong)(long)Unsafe.As<T, sbyte>(ref value),
        TypeCode.Byte => Unsafe.As<T, byte>(ref value),
        TypeCode.Int16 => (ulong)(long)Unsafe.As<T, short>(ref value),
        TypeCode.UInt16 => Unsafe.As<T, ushort>(ref value),
        TypeCode.UInt32 => Unsafe.As<T, uint>(ref value),
        TypeCode.Int64 or TypeCode.UInt64 => Unsafe.As<T, ulong>(ref value),
        _ => (ulong)(long)Unsafe.As<T, int>(ref value),
    };

    private static T From<TBits>(TBits bits)
        where TBits : struct => Unsafe.As<TBits, T>(ref bits);
}
