namespace Smpi;

/// <summary>Points in time as google.protobuf.Timestamp; local times are converted to UTC, times of no kind are taken as UTC.</summary>
internal sealed class DateTimeShape : ProtobufShape<DateTime>
{
    public override void Write(ref ProtobufWriter writer, DateTime value) =>
        SecondsMessage.WriteTime(ref writer, value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks);

    public override DateTime Read(ref ProtobufReader reader)
    {
        (long seconds, int nanos, _) = SecondsMessage.Read(ref reader);
        return new DateTime(SecondsMessage.UtcTicks(seconds, nanos), DateTimeKind.Utc);
    }
}
