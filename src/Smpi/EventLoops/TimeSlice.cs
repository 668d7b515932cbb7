namespace Smpi;

/// <summary>How long one lane may hold a thread that others wait for: 8 ms, half a frame.</summary>
internal sealed class TimeSlice(TimeProvider time)
{
    private readonly long _length = time.TimestampFrequency / 125;
    private long _end = long.MaxValue;

    public bool IsOver => time.GetTimestamp() >= Volatile.Read(ref _end);

    public void Start() => Volatile.Write(ref _end, time.GetTimestamp() + _length);
}
