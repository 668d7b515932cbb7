using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Enums as integers; any value of the underlying type is taken, as JSON does.</summary>
internal sealed class EnumShape<T> : MessagePackShape<T>
    where T : struct, Enum
{
    private static readonly TypeCode Underlying = Type.GetTypeCode(Enum.GetUnderlyingType(typeof(T)));

    public override void Write(ref MessagePackWriter writer, T value)
    {
        switch (Underlying)
        {
            case TypeCode.SByte: writer.Write((long)Unsafe.As<T, sbyte>(ref value)); break;
            case TypeCode.Byte: writer.Write((ulong)Unsafe.As<T, byte>(ref value)); break;
            case TypeCode.Int16: writer.Write((long)Unsafe.As<T, short>(ref value)); break;
            case TypeCode.UInt16: writer.Write((ulong)Unsafe.As<T, ushort>(ref value)); break;
            case TypeCode.Int32: writer.Write((long)Unsafe.As<T, int>(ref value)); break;
            case TypeCode.UInt32: writer.Write((ulong)Unsafe.As<T, uint>(ref value)); break;
            case TypeCode.Int64: writer.Write(Unsafe.As<T, long>(ref value)); break;
            default: writer.Write(Unsafe.As<T, ulong>(ref value)); break;
        }
    }

    public override T Read(ref MessagePackReader reader) =>
        Underlying == TypeCode.UInt64 ? Unsigned(reader.ReadUInt64()) : Signed(Underlying switch
        {
            TypeCode.SByte => reader.ReadInt64(sbyte.MinValue, sbyte.MaxValue),
            TypeCode.Byte => reader.ReadInt64(0, byte.MaxValue),
            TypeCode.Int16 => reader.ReadInt64(short.MinValue, short.MaxValue),
            TypeCode.UInt16 => reader.ReadInt64(0, ushort.MaxValue),
            TypeCode.Int32 => reader.ReadInt64(int.MinValue, int.MaxValue),
            TypeCode.UInt32 => reader.ReadInt64(0, uint.MaxValue),
            _ => reader.ReadInt64(),
        });

    // The size of T is that of its underlying type, and the range was checked above.
    private static T Signed(long value) => Unsafe.SizeOf<T>() switch
    {
        1 => From((byte)value),
        2 => From((ushort)value),
        4 => From((uint)value),
        _ => From(value),
    };

    private static T Unsigned(ulong value) => From(value);

    private static T From<TBits>(TBits bits)
        where TBits : struct => Unsafe.As<TBits, T>(ref bits);
}
