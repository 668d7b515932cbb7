namespace Smpi;

/// <summary>Spans of time as google.protobuf.Duration.</summary>
internal sealed class TimeSpanShape : ProtobufShape<TimeSpan>
{
    public override void Write(ref ProtobufWriter writer, TimeSpan value) => SecondsMessage.Write(ref writer, value.Ticks);

    public override TimeSpan Read(ref ProtobufReader reader)
    {
        (long seconds, int nanos, _) = SecondsMessage.Read(ref reader);
        return SecondsMessage.Span(seconds, nanos);
    }
}
