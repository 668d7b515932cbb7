using System.Buffers.Binary;

namespace Smpi;

internal readonly struct DoubleScalar : IScalar<double>
{
    public static ProtobufWireType WireType => ProtobufWireType.Fixed64;

    public static string Proto => "double";

    public static double Zero => 0;

    // Minus zero is written: it is not the default.
    public static bool IsZero(double value) => BitConverter.DoubleToUInt64Bits(value) == 0;

    public static void Write(ref ProtobufWriter writer, int number, double value) => writer.WriteDouble(number, value);

    public static double Read(ref ProtobufReader reader) => reader.ReadDouble();

    public static void Append(ref ProtobufWriter writer, double value) => BinaryPrimitives.WriteDoubleLittleEndian(writer.Take(sizeof(double)), value);
}
