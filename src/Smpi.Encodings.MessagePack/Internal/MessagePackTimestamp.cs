using System.Buffers.Binary;

namespace Smpi;

/// <summary>The timestamp extension: seconds since 1970 and nanoseconds, in 4, 8 or 12 octets.</summary>
internal static class MessagePackTimestamp
{
    public const int MaxLength = 12;

    public static int Write(DateTime utc, Span<byte> data)
    {
        long ticks = utc.Ticks - DateTime.UnixEpoch.Ticks;
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        uint nanoseconds = (uint)rest * 100;
        if (seconds >> 34 != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(data[4..], seconds);
            return 12;
        }

        ulong packed = ((ulong)nanoseconds << 34) | (ulong)seconds;
        if (packed <= uint.MaxValue)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)packed);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(data, packed);
        return 8;
    }

    public static DateTime Read(ReadOnlySpan<byte> data)
    {
        long seconds;
        uint nanoseconds = 0;
        switch (data.Length)
        {
            case 4:
                seconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                break;
            case 8:
                ulong packed = BinaryPrimitives.ReadUInt64BigEndian(data);
                (seconds, nanoseconds) = ((long)(packed & 0x3_FFFF_FFFF), (uint)(packed >> 34));
                break;
            case 12:
                (seconds, nanoseconds) = (BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data));
                break;
            default:
                throw new EncodingException($"A timestamp has 4, 8 or 12 octets, not {data.Length}.");
        }

        if (nanoseconds > 999_999_999) throw new EncodingException("A timestamp has more than 999,999,999 nanoseconds.");
        const long Epoch = 621_355_968_000_000_000;
        const long Last = 3_155_378_975_999_999_999;
        if (seconds < -Epoch / TimeSpan.TicksPerSecond || seconds > (Last - Epoch) / TimeSpan.TicksPerSecond)
            throw MessagePackFailure.Range("A timestamp outside the years 1 to 9999", "a date");
        return new DateTime(Epoch + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100), DateTimeKind.Utc);
    }
}
