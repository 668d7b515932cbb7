using Google.Protobuf;

namespace Smpi;

/// <summary>Types that protoc generated, by their own code.</summary>
internal sealed class GoogleShape<T>(MessageParser<T> parser) : ProtobufShape<T>
    where T : class, IMessage<T>
{
    public override void Write(ref ProtobufWriter writer, T value) => value.WriteTo(writer.Take(value.CalculateSize()));

    public override T Read(ref ProtobufReader reader)
    {
        try
        {
            return parser.ParseFrom(reader.ReadRest());
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new EncodingException(error.Message, error);
        }
    }
}
