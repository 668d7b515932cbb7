using System.Buffers.Binary;

namespace Smpi;

internal readonly struct SingleScalar : IScalar<float>
{
    public static ProtobufWireType WireType => ProtobufWireType.Fixed32;

    public static string Proto => "float";

    public static float Zero => 0;

    // Minus zero is written: it is not the default.
    public static bool IsZero(float value) => BitConverter.SingleToUInt32Bits(value) == 0;

    public static void Write(ref ProtobufWriter writer, int number, float value) => writer.WriteFloat(number, value);

    public static float Read(ref ProtobufReader reader) => reader.ReadFloat();

    public static void Append(ref ProtobufWriter writer, float value) => BinaryPrimitives.WriteSingleLittleEndian(writer.Take(sizeof(float)), value);
}
