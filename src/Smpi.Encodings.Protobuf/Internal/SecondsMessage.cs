namespace Smpi;

/// <summary>The fields of google.protobuf.Timestamp and google.protobuf.Duration, and of the time with an offset.</summary>
/// <remarks>From timestamp.proto and duration.proto: int64 seconds = 1, int32 nanos = 2. What is below 100 nanoseconds is dropped.</remarks>
internal static class SecondsMessage
{
    private const int Offset = 3;
    private const int MaxOffset = 14 * 60;

    public static void Write(ref ProtobufWriter writer, long ticks)
    {
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (seconds != 0) writer.WriteInt64(1, seconds);
        if (rest != 0) writer.WriteInt32(2, (int)rest * 100);
    }

    public static void WriteTime(ref ProtobufWriter writer, long utcTicks)
    {
        // A timestamp's nanos count forward, before 1970 too.
        long ticks = utcTicks - DateTime.UnixEpoch.Ticks;
        long rest = ticks % TimeSpan.TicksPerSecond;
        if (rest < 0) rest += TimeSpan.TicksPerSecond;
        long seconds = (ticks - rest) / TimeSpan.TicksPerSecond;
        if (seconds != 0) writer.WriteInt64(1, seconds);
        if (rest != 0) writer.WriteInt32(2, (int)rest * 100);
    }

    public static void WriteOffset(ref ProtobufWriter writer, int minutes)
    {
        if (minutes != 0) writer.WriteSInt32(Offset, minutes);
    }

    public static (long Seconds, int Nanos, int Offset) Read(ref ProtobufReader reader)
    {
        long seconds = 0;
        int nanos = 0, offset = 0;
        while (reader.TryReadTag(out uint tag))
        {
            switch (tag)
            {
                case (1 << 3) | (int)ProtobufWireType.Varint: seconds = reader.ReadInt64(); break;
                case (2 << 3) | (int)ProtobufWireType.Varint: nanos = reader.ReadInt32(); break;
                case (Offset << 3) | (int)ProtobufWireType.Varint: offset = reader.ReadSInt32(); break;
                default: Skip(ref reader, tag >> 3); break;
            }
        }

        if (nanos is <= -1_000_000_000 or >= 1_000_000_000) throw ProtobufFailure.Range($"{nanos}", "the nanoseconds of a second");
        return (seconds, nanos, offset);
    }

    public static long UtcTicks(long seconds, int nanos)
    {
        if (nanos < 0) throw ProtobufFailure.Range($"{nanos}", "the nanoseconds of a timestamp");
        const long Least = -62_135_596_800, Most = 253_402_300_799;
        return seconds is >= Least and <= Most
            ? DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanos / 100)
            : throw ProtobufFailure.Range("A timestamp outside the years 1 to 9999", "a time");
    }

    public static TimeSpan Span(long seconds, int nanos)
    {
        if ((seconds > 0 && nanos < 0) || (seconds < 0 && nanos > 0)) throw new EncodingException("The seconds and the nanoseconds of a duration have different signs.");
        Int128 ticks = ((Int128)seconds * TimeSpan.TicksPerSecond) + (nanos / 100);
        return ticks >= long.MinValue && ticks <= long.MaxValue ? new TimeSpan((long)ticks) : throw ProtobufFailure.Range($"{seconds} seconds", "a time span");
    }

    public static DateTimeOffset Moment(long utcTicks, int minutes)
    {
        if (minutes is < -MaxOffset or > MaxOffset) throw ProtobufFailure.Range($"{minutes} minutes", "the offset of a time");
        long local = utcTicks + (minutes * TimeSpan.TicksPerMinute);
        return local >= DateTime.MinValue.Ticks && local <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, TimeSpan.FromTicks(minutes * TimeSpan.TicksPerMinute))
            : throw ProtobufFailure.Range("A time that its offset moves outside the years 1 to 9999", "a time");
    }

    private static void Skip(ref ProtobufReader reader, uint number)
    {
        if (number <= 2) throw new EncodingException($"Field {number} of a time has wire type {(int)reader.WireType}.");
        reader.Skip();
    }
}
