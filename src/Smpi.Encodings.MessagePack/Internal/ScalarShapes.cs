namespace Smpi;

/// <summary>The types of the framework that need no reflection.</summary>
internal static class ScalarShapes
{
    public static IReadOnlyList<MessagePackShape> All { get; } =
    [
        new ScalarShape<bool>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadBoolean()),
        new ScalarShape<byte>(static (ref w, v) => w.Write((ulong)v), static (ref r) => (byte)r.ReadInt64(0, byte.MaxValue)),
        new ScalarShape<sbyte>(static (ref w, v) => w.Write((long)v), static (ref r) => (sbyte)r.ReadInt64(sbyte.MinValue, sbyte.MaxValue)),
        new ScalarShape<short>(static (ref w, v) => w.Write((long)v), static (ref r) => (short)r.ReadInt64(short.MinValue, short.MaxValue)),
        new ScalarShape<ushort>(static (ref w, v) => w.Write((ulong)v), static (ref r) => (ushort)r.ReadInt64(0, ushort.MaxValue)),
        new ScalarShape<int>(static (ref w, v) => w.Write((long)v), static (ref r) => r.ReadInt32()),
        new ScalarShape<uint>(static (ref w, v) => w.Write((ulong)v), static (ref r) => (uint)r.ReadInt64(0, uint.MaxValue)),
        new ScalarShape<long>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadInt64()),
        new ScalarShape<ulong>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadUInt64()),
        new ScalarShape<float>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadSingle()),
        new ScalarShape<double>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadDouble()),
        new ScalarShape<string?>(static (ref w, v) => w.Write(v), static (ref r) => r.ReadString()),
        new ScalarShape<char>(static (ref w, v) => w.Write([v]), static (ref r) => TextValues.ReadChar(ref r)),
        new ScalarShape<decimal>(TextValues.Write, TextValues.ReadDecimal),
        new ScalarShape<Guid>(BinaryValues.Write, BinaryValues.ReadGuid),
        new ScalarShape<byte[]?>(BinaryValues.Write, BinaryValues.ReadArray),
        new ScalarShape<ReadOnlyMemory<byte>>(static (ref w, v) => w.WriteBinary(v.Span), static (ref r) => BinaryValues.ReadObject(ref r)),
        new ScalarShape<Memory<byte>>(static (ref w, v) => w.WriteBinary(v.Span), static (ref r) => BinaryValues.ReadObject(ref r)),
        new ScalarShape<TimeSpan>(static (ref w, v) => w.Write(v.Ticks), static (ref r) => new TimeSpan(r.ReadInt64())),
        new ScalarShape<DateTime>(static (ref w, v) => w.WriteTimestamp(v), static (ref r) => r.ReadTimestamp()),
        new ScalarShape<DateTimeOffset>(TimeValues.Write, TimeValues.Read),
        new ScalarShape<DateOnly>(TextValues.Write, TextValues.ReadDate),
        new ScalarShape<TimeOnly>(TextValues.Write, TextValues.ReadTime),
        new ScalarShape<Uri?>(static (ref w, v) => w.Write(v?.OriginalString), TextValues.ReadUri),
    ];
}
