namespace Smpi;

/// <summary>Points in time with an offset: a google.protobuf.Timestamp with one more field, the minutes east of UTC.</summary>
/// <remarks>A peer that knows timestamps only takes it for one, and a timestamp is read as a time in UTC.</remarks>
internal sealed class DateTimeOffsetShape : ProtobufShape<DateTimeOffset>
{
    public override void Write(ref ProtobufWriter writer, DateTimeOffset value)
    {
        SecondsMessage.WriteTime(ref writer, value.UtcTicks);
        SecondsMessage.WriteOffset(ref writer, value.TotalOffsetMinutes);
    }

    public override DateTimeOffset Read(ref ProtobufReader reader)
    {
        (long seconds, int nanos, int offset) = SecondsMessage.Read(ref reader);
        return SecondsMessage.Moment(SecondsMessage.UtcTicks(seconds, nanos), offset);
    }
}
