namespace Smpi;

/// <summary>The types of the framework that need no reflection.</summary>
internal static class ScalarShapes
{
    private static readonly Dictionary<Type, ProtobufShape> All = new ProtobufShape[]
    {
        new ScalarShape<bool, BoolScalar>(),
        new ScalarShape<sbyte, SByteScalar>(),
        new ScalarShape<short, Int16Scalar>(),
        new ScalarShape<int, Int32Scalar>(),
        new ScalarShape<long, Int64Scalar>(),
        new ScalarShape<byte, ByteScalar>(),
        new ScalarShape<ushort, UInt16Scalar>(),
        new ScalarShape<uint, UInt32Scalar>(),
        new ScalarShape<ulong, UInt64Scalar>(),
        new ScalarShape<char, CharScalar>(),
        new ScalarShape<float, SingleScalar>(),
        new ScalarShape<double, DoubleScalar>(),
        new ScalarShape<decimal, DecimalScalar>(),
        new ScalarShape<Guid, GuidScalar>(),
        new ScalarShape<DateOnly, DateOnlyScalar>(),
        new ScalarShape<TimeOnly, TimeOnlyScalar>(),
        new ScalarShape<Uri, UriScalar>(),
        new ScalarShape<ReadOnlyMemory<byte>, ReadOnlyMemoryScalar>(),
        new ScalarShape<Memory<byte>, MemoryScalar>(),
        ProtobufShapes.String,
        ProtobufShapes.Bytes,
        new DateTimeShape(),
        new DateTimeOffsetShape(),
        new TimeSpanShape(),
    }.ToDictionary(static s => s.Type);

    public static ProtobufShape? Find(Type type) => All.GetValueOrDefault(type);
}
