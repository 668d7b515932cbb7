namespace Smpi;

/// <summary>The shapes of numbers, truth values, times and text.</summary>
internal static class ScalarShapes
{
    public static IReadOnlyList<JsonShape> All { get; } =
    [
        new ScalarShape<bool>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<byte>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<sbyte>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<short>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<ushort>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<int>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<uint>(static (ref writer, value) => writer.TryWrite((long)value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<long>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<ulong>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<float>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<double>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<decimal>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<Guid>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<DateTime>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<DateTimeOffset>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
        new ScalarShape<string?>(static (ref writer, value) => writer.TryWrite(value), static (ref reader, out value) => reader.TryRead(out value)),
    ];
}
