namespace Smpi;

/// <summary>Times with an offset: the timestamp alone in UTC, otherwise [timestamp, offset in minutes].</summary>
internal static class TimeValues
{
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        if (value.Offset == TimeSpan.Zero)
        {
            writer.WriteTimestamp(value.UtcDateTime);
            return;
        }

        writer.WriteArrayHeader(2);
        writer.WriteTimestamp(value.UtcDateTime);
        writer.Write((long)value.TotalOffsetMinutes);
        writer.End();
    }

    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        if (reader.NextType != MessagePackType.Array) return new DateTimeOffset(reader.ReadTimestamp());
        int count = reader.ReadArrayHeader();
        if (count != 2) throw new EncodingException($"A time with an offset is [timestamp, minutes], not an array of {count}.");
        DateTime utc = reader.ReadTimestamp();
        var offset = TimeSpan.FromMinutes((double)reader.ReadInt64(-14 * 60, 14 * 60));
        reader.End();
        long local = utc.Ticks + offset.Ticks;
        if (local < DateTime.MinValue.Ticks || local > DateTime.MaxValue.Ticks)
            throw MessagePackFailure.Range("A time that its offset moves outside the years 1 to 9999", "a date");
        return new DateTimeOffset(local, offset);
    }
}
